/** The axes are being placed: where the pointer went down is the origin, where it is dragged to is the way of x. */
import type { Point } from '../../../core/geometry/box';
import type { Calibration } from '../../../core/measure/calibration';
import { placedPoint } from '../gesture/movingPrompt';
import type { ToolEnv, ToolState } from '../gesture/toolState';
import { angleTo } from './calibrationHandles';

export function placeOrigin(at: Point, { store, picture }: ToolEnv): void {
  store.getState().setCalibration({ origin: placedPoint(at, picture) });
}

export function drawingAxes(original: Calibration, from: Point, home: ToolState): ToolState {
  const state: ToolState = {
    name: 'drawingAxes',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: ({ source, hasShift }, { store, picture }) => {
      const origin = placedPoint(from, picture);
      store.getState().setCalibration({ origin, angleDeg: angleTo(origin, source, hasShift) });
      return state;
    },
    pointerUp: () => home,
    cancel: ({ store }) => {
      store.setState({ calibration: original });
      return home;
    },
  };
  return state;
}
