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
import { brushIdle } from './brush/idle';
import { calibrationIdle } from './calibrate/idle';
import { fillIdle } from './fill/idle';
import type { PathPoint, ShapeKey, ToolEnv, ToolPointer, ToolState } from './gesture/toolState';
import { lassoIdle } from './lasso/idle';
import { panIdle } from './pan/idle';
import { pointIdle } from './point/idle';
import { polygonIdle } from './polygon/idle';
import { selectIdle } from './select/idle';

/** A place on the stage that a pointer passed, in stage pixels. */
export type TrailPoint = { readonly stage: Point; readonly pressure: number | null };

/** A pointer on the stage, before it is known what source pixel that is. */
export type StagePointer = Pick<ToolPointer, 'stage' | 'button' | 'reachPx'> & {
  /** Every place since the event before, oldest first, where the browser tells more than one; it ends at `stage`. */
  readonly trail?: readonly TrailPoint[];
  readonly hasShift?: boolean;
  readonly hasAlt?: boolean;
};

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
    case 'brush':
    case 'eraser':
      return brushIdle(tool);
    case 'polygon':
      return polygonIdle();
    case 'lasso':
      return lassoIdle();
    case 'fill':
      return fillIdle();
    case 'scaleLine':
    case 'axes':
    case 'regionBox':
    case 'regionPolygon':
      return calibrationIdle(tool);
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
  /** Where the pointer has been since the last move that was delivered. */
  #pendingTrail: TrailPoint[] = [];
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

  /** Whether a shape waits for further presses. */
  get isUnfinished(): boolean {
    return this.#state.isUnfinished ?? false;
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

  /** Kept until the next animation frame; the newest counts, with the way that led there. */
  pointerMove(pointer: StagePointer): void {
    this.#followStore();
    if (this.#state.isGesture) {
      this.#pendingMove = pointer;
      this.#pendingTrail.push(...trailOf(pointer));
      this.#callOff ??= this.#schedule(() => this.#flushMove());
    }
  }

  pointerUp(pointer: StagePointer): void {
    this.#followStore();
    if (this.#state.isGesture) {
      this.#pendingMove = pointer;
      this.#pendingTrail.push(...trailOf(pointer));
      this.#flushMove();
    }
    if (this.#state.isGesture) {
      this.#advance(pointer, (state, at, env) => state.pointerUp?.(at, env));
      this.#closeGesture();
    }
  }

  /** Hands a key to a shape that waits for further presses, as one step of undo; false when there is none. */
  shapeKey(key: ShapeKey): boolean {
    this.#followStore();
    const env = this.#env();
    if (!this.isUnfinished || !env) {
      return false;
    }
    this.#endGesture = beginGesture(this.#store);
    this.#state = this.#state.shapeKey?.(key, env) ?? this.#state;
    this.#closeGesture();
    return true;
  }

  /** Gives up the gesture under way. */
  cancel(): void {
    this.#dropMove();
    const env = this.#env();
    if (this.#state.isGesture || this.isUnfinished) {
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
    const trail = this.#pendingTrail;
    this.#dropMove();
    if (pointer) {
      this.#advance({ ...pointer, trail }, (state, at, env) => state.pointerMove?.(at, env));
      this.#closeGesture();
    }
  }

  #dropMove(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#pendingMove = null;
    this.#pendingTrail = [];
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

function trailOf({ trail, stage }: StagePointer): readonly TrailPoint[] {
  return trail ?? [{ stage, pressure: null }];
}

function located(pointer: StagePointer, env: ToolEnv): ToolPointer {
  const { stage, button, reachPx, hasShift = false, hasAlt = false } = pointer;
  const path: PathPoint[] = trailOf(pointer).map((passed) => ({
    source: stageToSource(env.view, passed.stage),
    pressure: passed.pressure,
  }));
  return { stage, button, reachPx, hasShift, hasAlt, path, source: stageToSource(env.view, stage) };
}
