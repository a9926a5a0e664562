/** The scale line is being drawn: one end stands, the other follows the pointer. */
import type { Point } from '../../../core/geometry/box';
import type { Calibration } from '../../../core/measure/calibration';
import { placedPoint } from '../gesture/movingPrompt';
import type { ToolState } from '../gesture/toolState';
import { UNKNOWN_UNIT } from '../../../core/measure/calibration';
import { withEnds } from './calibrationHandles';
import { snappedTo } from './snapping';

/** A new line keeps the length that was told for the old one: the user drew the same thing better. */
export function drawingLine(original: Calibration, from: Point, home: ToolState): ToolState {
  const known = original.scale ?? { length: 1, unit: UNKNOWN_UNIT };
  const state: ToolState = {
    name: 'drawingScaleLine',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: ({ source, hasShift }, { store, picture }) => {
      const start = placedPoint(from, picture);
      const end = placedPoint(hasShift ? snappedTo(start, source) : source, picture);
      store.getState().setCalibration({ scale: withEnds(known, start, end) });
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
