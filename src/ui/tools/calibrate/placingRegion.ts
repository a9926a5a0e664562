/** Corners of the measured polygon are placed, one press each, until it is closed. */
import { clampPoint, type Point } from '../../../core/geometry/box';
import { outlineChannel } from '../../canvas/paint/outline';
import { sourceToStage } from '../../canvas/viewMath';
import { placedPoint } from '../gesture/movingPrompt';
import type { ToolEnv, ToolPointer, ToolState } from '../gesture/toolState';

type PlacingRegionOptions = { readonly from: Point; readonly home: ToolState; readonly env: ToolEnv };

/** A press this near to the last corner, in stage pixels, is the second one of a double click. */
const SAME_PLACE_PX = 4;
const LEAST_CORNERS = 3;

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
      if (isClosing(corners, pointer, at) || isAt(corners.at(-1), pointer, at, SAME_PLACE_PX)) {
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
