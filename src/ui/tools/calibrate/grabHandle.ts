/** Finds the handle of the calibration under a pointer, and drags it. */
import { sourceToStage } from '../../canvas/viewMath';
import { holdFrame } from '../gesture/beginEdit';
import { handleCursor, HANDLE_PX } from '../gesture/boxHandles';
import { pressing } from '../gesture/pressing';
import type { ToolEnv, ToolPointer, ToolState } from '../gesture/toolState';
import { calibrationHandles, draggedHandle, type CalibrationHandle } from './calibrationHandles';
import { areAxesShown, isCalibrationShown } from './calibrationShown';

/** The nearest handle within reach; the edge of a measured rectangle moves it as a whole. Null when nothing is on show. */
export function calibrationHandleUnder(pointer: ToolPointer, env: ToolEnv): CalibrationHandle | null {
  const state = env.store.getState();
  if (!isCalibrationShown(state)) {
    return null;
  }
  const reach = Math.max(pointer.reachPx, HANDLE_PX / 2 + 2);
  const handles = calibrationHandles(state.calibration, env.picture, env.view.scale, areAxesShown(state));
  const near = handles
    .toReversed()
    .map(({ handle, at }) => ({ handle, px: distanceTo(at, pointer, env) }))
    .filter(({ px }) => px <= reach)
    .toSorted((a, b) => a.px - b.px)[0];
  return near?.handle ?? (isOnRegionEdge(pointer, env) ? { kind: 'regionBody' } : null);
}

export function grabCalibration(
  handle: CalibrationHandle,
  start: ToolPointer,
  env: ToolEnv,
  home: ToolState,
): ToolState {
  holdFrame(env);
  const original = env.store.getState().calibration;
  const dragging: ToolState = {
    name: 'draggingCalibration',
    isGesture: true,
    cursor: () => 'grabbing',
    pointerMove: ({ source, hasShift }, { store, picture }) => {
      const drag = { original, from: start.source, to: source, picture, isSnapping: hasShift };
      store.getState().setCalibration(draggedHandle(handle, drag));
      return dragging;
    },
    pointerUp: () => home,
    // The same object again: a drag that was given up leaves no step.
    cancel: ({ store }) => {
      store.setState({ calibration: original });
      return home;
    },
  };
  return pressing({ start, home, cursor: calibrationCursor(handle), drag: () => dragging });
}

export function calibrationCursor(handle: CalibrationHandle): string {
  return handle.kind === 'regionSide'
    ? handleCursor(handle.side)
    : handle.kind === 'regionBody'
      ? 'move'
      : 'grab';
}

function distanceTo(at: { x: number; y: number }, { stage }: ToolPointer, { view }: ToolEnv): number {
  const { x, y } = sourceToStage(view, at);
  return Math.hypot(x - stage.x, y - stage.y);
}

function isOnRegionEdge({ stage, reachPx }: ToolPointer, { store, view }: ToolEnv): boolean {
  const { region } = store.getState().calibration;
  if (region?.kind !== 'box') {
    return false;
  }
  const [x0, y0, x1, y1] = region.box;
  const from = sourceToStage(view, { x: x0, y: y0 });
  const to = sourceToStage(view, { x: x1, y: y1 });
  const reach = reachPx / 2;
  const isNear =
    stage.x >= from.x - reach &&
    stage.x <= to.x + reach &&
    stage.y >= from.y - reach &&
    stage.y <= to.y + reach;
  const isInside =
    stage.x > from.x + reach && stage.x < to.x - reach && stage.y > from.y + reach && stage.y < to.y - reach;
  return isNear && !isInside;
}
