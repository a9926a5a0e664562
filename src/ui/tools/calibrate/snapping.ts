/** Round angles for what is drawn with Shift held. */
import type { Point } from '../../../core/geometry/box';

const STEP_DEG = 15;

/** The nearest multiple of 15 degrees. */
export function snappedAngle(degrees: number): number {
  return Math.round(degrees / STEP_DEG) * STEP_DEG;
}

/** The place nearest to `to` that lies at a round angle from `from`. */
export function snappedTo(from: Point, to: Point): Point {
  const angle = (snappedAngle((Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI) * Math.PI) / 180;
  const [x, y] = [Math.cos(angle), Math.sin(angle)];
  const along = (to.x - from.x) * x + (to.y - from.y) * y;
  return { x: from.x + x * along, y: from.y + y * along };
}
