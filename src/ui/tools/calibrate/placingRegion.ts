/** Corners of the measured polygon are placed, one press each, until it is closed. */
import { clampPoint, type Point } from '../../../core/geometry/box';
import { outlineChannel } from '../../canvas/paint/outline';
import { placedPoint } from '../gesture/movingPrompt';
import { isAtCorner, isClosing, LEAST_CORNERS, SAME_PLACE_PX } from '../gesture/polygonClosing';
import type { ToolEnv, ToolState } from '../gesture/toolState';

type PlacingRegionOptions = { readonly from: Point; readonly home: ToolState; readonly env: ToolEnv };

/** As the polygon of painting: the first corner, a double click or Enter close it, Backspace takes one away. */
export function placingRegion({ from, home, env }: PlacingRegionOptions): ToolState {
  const corners: Point[] = [placed(from, env)];
  const show = ({ store, frameIndex }: ToolEnv): void =>
    outlineChannel.set(store, { points: [...corners], frameIndex, action: 'add', isOpen: true });
  const end = ({ store }: ToolEnv): ToolState => {
    outlineChannel.set(store, null);
    return home;
  };
  const close = (at: ToolEnv): ToolState => {
    if (corners.length < LEAST_CORNERS) {
      return state;
    }
    at.store.getState().setCalibration({ region: { kind: 'polygon', points: [...corners] } });
    return end(at);
  };
  const state: ToolState = {
    name: 'placingMeasuredRegion',
    isGesture: false,
    isUnfinished: true,
    cursor: (pointer, at) => (isClosing(corners, pointer, at) ? 'pointer' : 'crosshair'),
    pointerDown: (pointer, at) => {
      if (pointer.button !== 0) {
        return state;
      }
      if (isClosing(corners, pointer, at) || isAtCorner(corners.at(-1), pointer, at, SAME_PLACE_PX)) {
        return close(at);
      }
      corners.push(placed(pointer.source, at));
      show(at);
      return state;
    },
    shapeKey: (key, at) => {
      if (key === 'finish') {
        return close(at);
      }
      corners.pop();
      if (corners.length === 0) {
        return end(at);
      }
      show(at);
      return state;
    },
    cancel: end,
  };
  show(env);
  return state;
}

function placed(point: Point, { picture }: ToolEnv): Point {
  return placedPoint(clampPoint(point, picture), picture);
}
