/** Corners of a polygon are placed, one press each, until it is closed. */
import { clampPoint, type Point } from '../../../core/geometry/box';
import { outlineChannel } from '../../canvas/paint/outline';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import { sourceToStage } from '../../canvas/viewMath';
import type { ToolEnv, ToolPointer, ToolState } from '../gesture/toolState';
import { paintShape } from '../paint/paintShape';

export type PlacingOptions = {
  /** The first corner, in source pixels. */
  readonly from: Point;
  /** The frame on show when it was placed. */
  readonly frameIndex: number;
  readonly action: PaintAction;
  readonly home: ToolState;
  readonly env: ToolEnv;
};

/** A press this near to the last corner, in stage pixels, is the second one of a double click. */
const SAME_PLACE_PX = 4;
const LEAST_CORNERS = 3;

/**
 * A press on the first corner, a double click and Enter close the polygon, Backspace takes the last corner away,
 * Escape gives up. Its frame is the one it was begun on: on another one a press begins a new polygon.
 */
export function placingCorners({ from, frameIndex, action, home, env }: PlacingOptions): ToolState {
  const corners: Point[] = [clampPoint(from, env.picture)];

  const show = ({ store }: ToolEnv): void =>
    outlineChannel.set(store, { points: [...corners], frameIndex, action, isOpen: true });
  const end = ({ store }: ToolEnv): ToolState => {
    outlineChannel.set(store, null);
    return home;
  };
  const close = (at: ToolEnv): ToolState => {
    if (corners.length < LEAST_CORNERS) {
      return state;
    }
    paintShape(at, { points: corners, frameIndex, action, tool: 'polygon' });
    return end(at);
  };
  const removeLast = (at: ToolEnv): ToolState => {
    corners.pop();
    if (corners.length === 0) {
      return end(at);
    }
    show(at);
    return state;
  };
  const state: ToolState = {
    name: 'placingCorners',
    isGesture: false,
    isUnfinished: true,
    cursor: (pointer, at) => (isClosing(corners, pointer, at) ? 'pointer' : 'crosshair'),
    pointerDown: (pointer, at) => {
      if (at.frameIndex !== frameIndex) {
        end(at);
        return home.pointerDown?.(pointer, at) ?? home;
      }
      if (pointer.button === 1) {
        return state;
      }
      if (isClosing(corners, pointer, at) || isAt(corners.at(-1), pointer, at, SAME_PLACE_PX)) {
        return close(at);
      }
      corners.push(clampPoint(pointer.source, at.picture));
      show(at);
      return state;
    },
    shapeKey: (key, at) => (key === 'finish' ? close(at) : removeLast(at)),
    cancel: end,
  };
  show(env);
  return state;
}

/** Whether a press here would close the polygon at its first corner. */
function isClosing(corners: readonly Point[], pointer: ToolPointer, env: ToolEnv): boolean {
  return corners.length >= LEAST_CORNERS && isAt(corners[0], pointer, env, pointer.reachPx);
}

function isAt(
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
