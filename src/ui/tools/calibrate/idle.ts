/** The calibrating tools at rest: drag to draw what the tool is for; handles that are there can be dragged by any. */
import { assertNever } from '../../../core/base/assert';
import { holdFrame } from '../gesture/beginEdit';
import { pressing } from '../gesture/pressing';
import type { ToolEnv, ToolPointer, ToolState } from '../gesture/toolState';
import type { CalibrationTool } from '../../../state/calibrationTools';
import { drawingAxes, placeOrigin } from './drawingAxes';
import { drawingLine } from './drawingLine';
import { drawingRegion } from './drawingRegion';
import { calibrationCursor, calibrationHandleUnder, grabCalibration } from './grabHandle';
import { placingRegion } from './placingRegion';

export function calibrationIdle(tool: CalibrationTool): ToolState {
  const state: ToolState = {
    name: tool,
    isGesture: false,
    cursor: (pointer, env) => {
      const handle = calibrationHandleUnder(pointer, env);
      return handle ? calibrationCursor(handle) : 'crosshair';
    },
    pointerDown: (pointer, env) => {
      if (pointer.button !== 0) {
        return state;
      }
      const handle = calibrationHandleUnder(pointer, env);
      if (handle) {
        return grabCalibration(handle, pointer, env, state);
      }
      holdFrame(env);
      return begun(tool, pointer, env, state);
    },
  };
  return state;
}

function begun(tool: CalibrationTool, start: ToolPointer, env: ToolEnv, home: ToolState): ToolState {
  const original = env.store.getState().calibration;
  const press = (drag: () => ToolState): ToolState => pressing({ start, home, cursor: 'crosshair', drag });
  switch (tool) {
    case 'scaleLine':
      return press(() => drawingLine(original, start.source, home));
    case 'regionBox':
      return press(() => drawingRegion(original, start.source, home));
    case 'axes':
      placeOrigin(start.source, env);
      return pressing({
        start,
        home,
        cursor: 'crosshair',
        drag: () => drawingAxes(original, start.source, home),
        onCancel: ({ store }) => store.setState({ calibration: original }),
      });
    case 'regionPolygon':
      return placingRegion({ from: start.source, home, env });
    default:
      return assertNever(tool);
  }
}
