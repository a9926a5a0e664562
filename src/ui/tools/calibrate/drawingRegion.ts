/** The measured rectangle is being drawn. */
import { clampPoint, type Point } from '../../../core/geometry/box';
import type { Calibration } from '../../../core/measure/calibration';
import { wholePixelBox } from '../gesture/boxHandles';
import type { ToolState } from '../gesture/toolState';

export function drawingRegion(original: Calibration, from: Point, home: ToolState): ToolState {
  const state: ToolState = {
    name: 'drawingMeasuredRegion',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: ({ source }, { store, picture }) => {
      const box = wholePixelBox(clampPoint(from, picture), source, picture);
      if (box) {
        store.getState().setCalibration({ region: { kind: 'box', box } });
      }
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
