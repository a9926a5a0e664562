/** A stage without a screen for the tests of the tools: a real store, moves delivered on demand. */
import type { FootageId } from '../../../core/base/ids';
import type { Box, Point } from '../../../core/geometry/box';
import type { Prompt } from '../../../core/prompt/prompt';
import type { FootageInfo } from '../../../core/video/footageInfo';
import type { ToolId } from '../../../state/maskflowState';
import { createMaskflowStore, type MaskflowStore } from '../../../state/store';
import { setStageSize, stageView } from '../../canvas/stageView';
import { sourceToStage } from '../../canvas/viewMath';
import { ToolHost, type StagePointer } from '../toolHost';

export function testFootage(width: number, height: number, frames = 20): FootageInfo {
  return {
    footageId: `test-${width}x${height}` as FootageId,
    name: 'test.mp4',
    kind: 'video',
    decoder: 'webcodecs',
    width,
    height,
    frameTable: {
      timestampsSec: Float64Array.from({ length: frames }, (_, frame) => frame / 25),
      lastDurationSec: 0.04,
    },
    frameRate: 25,
    frameNames: null,
    codec: 'avc1.64001f',
    notes: [],
  };
}

type PressOptions = {
  button?: number;
  isPan?: boolean;
  reachPx?: number;
  hasShift?: boolean;
  hasAlt?: boolean;
  /** As a pen tells it. */
  pressure?: number;
};

export class ToolBench {
  readonly store: MaskflowStore = createMaskflowStore();
  readonly host: ToolHost;
  /** Moves delivered to the tool so far. */
  deliveries = 0;
  #pending: (() => void) | null = null;

  /** A 640 x 360 picture on a 672 x 392 stage: fitted, one source pixel is one stage pixel. */
  constructor(tool: ToolId) {
    setStageSize(this.store, { width: 672, height: 392 });
    this.store.getState().replaceFootage(testFootage(640, 360));
    this.store.getState().setShownFrame(0);
    this.store.getState().setTool(tool);
    this.host = new ToolHost(this.store, (callback) => {
      this.#pending = callback;
      return () => {
        this.#pending = null;
      };
    });
  }

  get prompts(): readonly Prompt[] {
    return this.store.getState().prompts;
  }

  get boxes(): Box[] {
    return this.prompts.flatMap((prompt) => (prompt.kind === 'box' ? [prompt.box] : []));
  }

  get points(): Point[] {
    return this.prompts.flatMap((prompt) => ('point' in prompt ? [prompt.point] : []));
  }

  /** A pointer over a source pixel. */
  at(x: number, y: number, options: PressOptions = {}): StagePointer {
    const { button = 0, reachPx = 10, hasShift, hasAlt, pressure = null } = options;
    const current = stageView(this.store);
    const stage = current ? sourceToStage(current.view, { x, y }) : { x, y };
    return { stage, button, reachPx, hasShift, hasAlt, trail: [{ stage, pressure }] };
  }

  press(x: number, y: number, options: PressOptions = {}): void {
    this.host.pointerDown(this.at(x, y, options), options.isPan);
  }

  /** Moves the pointer; nothing reaches the tool before the next frame. */
  move(x: number, y: number, options: PressOptions = {}): void {
    this.host.pointerMove(this.at(x, y, options));
  }

  frame(): void {
    const callback = this.#pending;
    this.#pending = null;
    if (callback) {
      this.deliveries += 1;
      callback();
    }
  }

  release(x: number, y: number): void {
    this.host.pointerUp(this.at(x, y));
  }

  click(x: number, y: number, options: PressOptions = {}): void {
    this.press(x, y, options);
    this.release(x, y);
  }

  drag(from: readonly [number, number], to: readonly [number, number], options: PressOptions = {}): void {
    this.press(from[0], from[1], options);
    this.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
    this.frame();
    this.move(to[0], to[1]);
    this.frame();
    this.release(to[0], to[1]);
  }
}
