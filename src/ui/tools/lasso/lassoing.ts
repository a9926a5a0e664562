/** A line is being drawn around something; letting go closes it. */
import type { Point } from '../../../core/geometry/box';
import { outlineChannel } from '../../canvas/paint/outline';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import type { ToolEnv, ToolState } from '../gesture/toolState';
import { paintShape } from '../paint/paintShape';

export type LassoingOptions = {
  /** Where the pointer went down, in source pixels. */
  readonly from: Point;
  /** The frame on show when the pointer went down. */
  readonly frameIndex: number;
  readonly action: PaintAction;
  readonly home: ToolState;
  readonly env: ToolEnv;
};

/** Closer together than this, places say nothing new. */
const LEAST_STEP_PX = 0.5;

export function lassoing({ from, frameIndex, action, home, env }: LassoingOptions): ToolState {
  const points: Point[] = [from];
  const show = ({ store }: ToolEnv): void =>
    outlineChannel.set(store, { points, frameIndex, action, isOpen: false });
  const state: ToolState = {
    name: 'lassoing',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: ({ path }, at) => {
      for (const { source } of path) {
        const last = points.at(-1)!;
        if (Math.hypot(source.x - last.x, source.y - last.y) >= LEAST_STEP_PX) {
          points.push(source);
        }
      }
      show(at);
      return state;
    },
    pointerUp: (_pointer, at) => {
      outlineChannel.set(at.store, null);
      paintShape(at, { points, frameIndex, action, tool: 'lasso' });
      return home;
    },
    cancel: ({ store }) => {
      outlineChannel.set(store, null);
      return home;
    },
  };
  show(env);
  return state;
}
