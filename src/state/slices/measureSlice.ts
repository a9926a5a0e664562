/** What is measured and how. Only the calibration is annotation; the rest is how the user looks at it. */
import type { StateCreator } from 'zustand/vanilla';
import { plainCalibration, type Calibration } from '../../core/measure/calibration';
import { quantityIds, type QuantityId } from '../../core/measure/quantityIds';
import type { MaskflowState } from '../maskflowState';
import type { MeasureSlice } from './measureState';

/** In the order of the list, each once. */
function withQuantity(
  chosen: readonly QuantityId[],
  quantity: QuantityId,
  isChosen: boolean,
): readonly QuantityId[] {
  return quantityIds.filter((id) => (id === quantity ? isChosen : chosen.includes(id)));
}

/** The same calibration where the change changes nothing, so that history sees no step. */
function changed(calibration: Calibration, change: Partial<Calibration>): Calibration {
  const next = { ...calibration, ...change };
  return JSON.stringify(next) === JSON.stringify(calibration) ? calibration : next;
}

export const createMeasureSlice: StateCreator<MaskflowState, [], [], MeasureSlice> = (set) => ({
  calibration: plainCalibration,
  measuredQuantities: ['area', 'centroidX', 'centroidY'],
  plottedQuantities: ['area'],
  plotAxis: 'frames',
  arePlotsOpen: false,
  measurements: null,
  measuring: null,
  isMeasuringStopped: false,
  measurementExport: null,
  setCalibration: (change) => set(({ calibration }) => ({ calibration: changed(calibration, change) })),
  setMeasured: (quantity, isMeasured) =>
    set(({ measuredQuantities, plottedQuantities }) => ({
      measuredQuantities: withQuantity(measuredQuantities, quantity, isMeasured),
      ...(isMeasured ? {} : { plottedQuantities: withQuantity(plottedQuantities, quantity, false) }),
    })),
  setPlotted: (quantity, isPlotted) =>
    set(({ measuredQuantities, plottedQuantities }) => ({
      plottedQuantities: withQuantity(plottedQuantities, quantity, isPlotted),
      ...(isPlotted ? { measuredQuantities: withQuantity(measuredQuantities, quantity, true) } : {}),
    })),
  setPlotAxis: (plotAxis) => set({ plotAxis }),
  setPlotsOpen: (arePlotsOpen) => set({ arePlotsOpen }),
  setMeasurements: (measurements) => set({ measurements }),
  setMeasuring: (measuring) => set({ measuring }),
  setMeasuringStopped: (isMeasuringStopped) => set({ isMeasuringStopped }),
  setMeasurementExport: (measurementExport) => set({ measurementExport }),
});
