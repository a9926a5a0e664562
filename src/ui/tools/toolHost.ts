/** Runs the tool in hand: hands it pointer events, moves at most once per animation frame. */
import { assertNever } from '../../core/base/assert';
import type { Point } from '../../core/geometry/box';
import type { FootageInfo } from '../../core/video/footageInfo';
import type { ToolId } from '../../state/maskflowState';
import { beginGesture } from '../../state/gesture';
import type { MaskflowStore } from '../../state/store';
import { stageView } from '../canvas/stageView';
import { stageToSource } from '../canvas/viewMath';
import { boxIdle } from './box/idle';
import type { ToolEnv, ToolPointer, ToolState } from './gesture/toolState';
import { panIdle } from './pan/idle';
import { pointIdle } from './point/idle';
import { selectIdle } from './select/idle';

/** A pointer on the stage, before it is known what source pixel that is. */
export type StagePointer = Omit<ToolPointer, 'source'>;

/** Calls back before the next paint; returns how to call it off. */
export type FrameScheduler = (callback: () => void) => () => void;

export function idleState(tool: ToolId): ToolState {
  switch (tool) {
    case 'select':
      return selectIdle();
    case 'foregroundPoint':
    case 'backgroundPoint':
    case 'sharedPoint':
      return pointIdle(tool);
    case 'box':
      return boxIdle();
    case 'pan':
      return panIdle();
    default:
      return assertNever(tool);
  }
}

function animationFrame(callback: () => void): () => void {
  const handle = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(handle);
}

export class ToolHost {
  readonly #store: MaskflowStore;
  readonly #schedule: FrameScheduler;
  #tool: ToolId;
  #footage: FootageInfo | null;
  #state: ToolState;
  #pendingMove: StagePointer | null = null;
  #callOff: (() => void) | null = null;
  #endGesture: (() => void) | null = null;

  constructor(store: MaskflowStore, schedule: FrameScheduler = animationFrame) {
    const { tool, footage } = store.getState();
    this.#store = store;
    this.#schedule = schedule;
    this.#tool = tool;
    this.#footage = footage;
    this.#state = idleState(tool);
  }

  /** Whether a gesture is under way. */
  get isBusy(): boolean {
    return this.#state.isGesture;
  }

  /** With `isPan` the drag that begins moves the picture, whatever tool is in hand. */
  pointerDown(pointer: StagePointer, isPan = false): void {
    this.#followStore();
    if (this.#state.isGesture) {
      return;
    }
    const home = this.#state;
    this.#endGesture = beginGesture(this.#store);
    this.#advance(pointer, (state, at, env) => (isPan ? panIdle(home) : state).pointerDown?.(at, env));
    this.#closeGesture();
  }

  /** Kept until the next animation frame; the newest counts. */
  pointerMove(pointer: StagePointer): void {
    this.#followStore();
    if (this.#state.isGesture) {
      this.#pendingMove = pointer;
      this.#callOff ??= this.#schedule(() => this.#flushMove());
    }
  }

  pointerUp(pointer: StagePointer): void {
    this.#followStore();
    if (this.#state.isGesture) {
      this.#pendingMove = pointer;
      this.#flushMove();
      this.#advance(pointer, (state, at, env) => state.pointerUp?.(at, env));
      this.#closeGesture();
    }
  }

  /** Gives up the gesture under way. */
  cancel(): void {
    this.#dropMove();
    const env = this.#env();
    if (this.#state.isGesture) {
      this.#state = (env && this.#state.cancel?.(env)) ?? idleState(this.#store.getState().tool);
    }
    this.#closeGesture();
  }

  cursor(pointer: StagePointer): string {
    this.#followStore();
    const env = this.#env();
    return env ? this.#state.cursor(located(pointer, env), env) : 'default';
  }

  /** Another tool ends a gesture; other footage ends it too, with nothing left to restore. */
  #followStore(): void {
    const { tool, footage } = this.#store.getState();
    if (footage !== this.#footage) {
      this.#dropMove();
      this.#state = idleState(tool);
      this.#closeGesture();
    } else if (tool !== this.#tool) {
      this.cancel();
      this.#state = idleState(tool);
    }
    this.#tool = tool;
    this.#footage = footage;
  }

  /** Ends the step of undo when the gesture is over. */
  #closeGesture(): void {
    if (!this.#state.isGesture) {
      this.#endGesture?.();
      this.#endGesture = null;
    }
  }

  #flushMove(): void {
    const pointer = this.#pendingMove;
    this.#dropMove();
    if (pointer) {
      this.#advance(pointer, (state, at, env) => state.pointerMove?.(at, env));
    }
  }

  #dropMove(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#pendingMove = null;
  }

  #advance(
    pointer: StagePointer,
    step: (state: ToolState, at: ToolPointer, env: ToolEnv) => ToolState | undefined,
  ): void {
    const env = this.#env();
    if (env) {
      this.#state = step(this.#state, located(pointer, env), env) ?? this.#state;
    }
  }

  #env(): ToolEnv | null {
    const { shownFrame } = this.#store.getState();
    const view = stageView(this.#store);
    return view && shownFrame !== null ? { ...view, store: this.#store, frameIndex: shownFrame } : null;
  }
}

function located(pointer: StagePointer, env: ToolEnv): ToolPointer {
  const source: Point = stageToSource(env.view, pointer.stage);
  return { ...pointer, source };
}
