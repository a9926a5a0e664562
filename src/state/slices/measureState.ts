/** What is measured and how: calibration, quantities, and what came out. */
import type { Calibration } from '../../core/measure/calibration';
import type { Measurements } from '../../core/measure/measurementTable';
import type { QuantityId } from '../../core/measure/quantityIds';

/** How plots count along their horizontal axis. */
export const plotAxes = ['frames', 'time'] as const;

export type MeasurePlotAxis = (typeof plotAxes)[number];

/** Frames worked out so far, of those that had to be. */
export type MeasuringJob = { readonly done: number; readonly total: number };

export type MeasureSlice = {
  /** Part of the annotation: undone, and kept with the project. */
  calibration: Calibration;
  /** Quantities to measure, in the order of the list of quantities. */
  measuredQuantities: readonly QuantityId[];
  /** Which of them have a plot. */
  plottedQuantities: readonly QuantityId[];
  plotAxis: MeasurePlotAxis;
  arePlotsOpen: boolean;
  /** What came out last; it may be older than the masks until the next measuring is through. Null before the first. */
  measurements: Measurements | null;
  /** Null while nothing is measured. */
  measuring: MeasuringJob | null;
  /** Whether nothing is measured until the user asks for it: they stopped it, or it failed. */
  isMeasuringStopped: boolean;
  /** Null while no values are written to files. */
  measurementExport: MeasuringJob | null;
  setCalibration(change: Partial<Calibration>): void;
  /** Measures a quantity or stops measuring it, and its plot with it. */
  setMeasured(quantity: QuantityId, isMeasured: boolean): void;
  /** Plots a quantity, which is then measured, too; or takes its plot away. */
  setPlotted(quantity: QuantityId, isPlotted: boolean): void;
  setPlotAxis(axis: MeasurePlotAxis): void;
  setPlotsOpen(areOpen: boolean): void;
  setMeasurements(measurements: Measurements | null): void;
  setMeasuring(job: MeasuringJob | null): void;
  setMeasuringStopped(isStopped: boolean): void;
  setMeasurementExport(job: MeasuringJob | null): void;
};
