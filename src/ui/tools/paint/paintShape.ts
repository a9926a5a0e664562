/** Paints the inside of a polygon or a lasso's line. */
import type { Point } from '../../../core/geometry/box';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import type { ToolEnv } from '../gesture/toolState';
import { beginPainting } from './beginPainting';
import { endPainting } from './endPainting';

export type DrawnShape = {
  /** Source pixels; closed from the last one to the first. */
  readonly points: readonly Point[];
  /** The frame it was begun on. */
  readonly frameIndex: number;
  readonly action: PaintAction;
  readonly tool: 'polygon' | 'lasso';
};

export function paintShape(env: ToolEnv, { points, ...how }: DrawnShape): void {
  const painting = beginPainting(env, how);
  if (painting) {
    painting.polygon(points);
    endPainting(env.store, painting);
  }
}
