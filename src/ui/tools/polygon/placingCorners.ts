/** Corners of a polygon are placed, one press each, until it is closed. */
import { clampPoint, type Point } from '../../../core/geometry/box';
import { outlineChannel } from '../../canvas/paint/outline';
import type { PaintAction } from '../../canvas/paint/paintPlan';
import { isAtCorner, isClosing, LEAST_CORNERS, SAME_PLACE_PX } from '../gesture/polygonClosing';
import type { ToolEnv, ToolState } from '../gesture/toolState';
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
      if (isClosing(corners, pointer, at) || isAtCorner(corners.at(-1), pointer, at, SAME_PLACE_PX)) {
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
