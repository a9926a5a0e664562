/** Calibration is undone and redone like other annotation; what is looked at is not. */
import { expect, it } from 'vitest';
import { plainCalibration, type ScaleLine } from '../core/measure/calibration';
import { createMaskflowStore } from './store';
import { travelHistory } from './travelHistory';

const scale: ScaleLine = { from: { x: 0, y: 0 }, to: { x: 10, y: 0 }, length: 2, unit: 'mm' };

it('undoes and redoes a calibration, and keeps it out of steps that change nothing', () => {
  const store = createMaskflowStore();
  const state = () => store.getState();
  state().setCalibration({ scale });
  state().setCalibration({ scale: { ...scale } });
  state().setCalibration({ yAxis: 'up' });
  expect(store.temporal.getState().pastStates).toHaveLength(2);
  travelHistory(store, 'undo');
  expect(state().calibration).toEqual({ ...plainCalibration, scale });
  travelHistory(store, 'undo');
  expect(state().calibration).toBe(plainCalibration);
  travelHistory(store, 'redo');
  expect(state().calibration.scale).toEqual(scale);
});

it('starts over with other footage', () => {
  const store = createMaskflowStore();
  store.getState().setCalibration({ frameRate: 1000 });
  store.getState().setMeasuringStopped(true);
  store.getState().resetAnnotation();
  expect(store.getState().calibration).toBe(plainCalibration);
  expect(store.getState().isMeasuringStopped).toBe(false);
});

it('measures what is plotted, and plots nothing that is not measured', () => {
  const store = createMaskflowStore();
  const state = () => store.getState();
  state().setPlotted('speed', true);
  expect(state().measuredQuantities).toContain('speed');
  // In the order of the list, whatever was chosen last.
  state().setPlotted('perimeter', true);
  expect(state().plottedQuantities).toEqual(['area', 'perimeter', 'speed']);
  state().setMeasured('speed', false);
  expect(state().plottedQuantities).toEqual(['area', 'perimeter']);
  expect(store.temporal.getState().pastStates).toHaveLength(0);
});
