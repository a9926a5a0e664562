/** When a polygon whose corners are being placed is closed. */
import type { Point } from '../../../core/geometry/box';
import { sourceToStage } from '../../canvas/viewMath';
import type { ToolEnv, ToolPointer } from './toolState';

/** A press this near to the last corner, in stage pixels, is the second one of a double click. */
export const SAME_PLACE_PX = 4;
export const LEAST_CORNERS = 3;

/** Whether a press here would close the polygon at its first corner. */
export function isClosing(corners: readonly Point[], pointer: ToolPointer, env: ToolEnv): boolean {
  return corners.length >= LEAST_CORNERS && isAtCorner(corners[0], pointer, env, pointer.reachPx);
}

/** `corner` is in source pixels, `reachPx` in those of the stage. */
export function isAtCorner(
  corner: Point | undefined,
  { stage }: ToolPointer,
  { view }: ToolEnv,
  reachPx: number,
): boolean {
  if (!corner) {
    return false;
  }
  const at = sourceToStage(view, corner);
  return Math.hypot(at.x - stage.x, at.y - stage.y) <= reachPx;
}
