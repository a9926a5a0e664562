/** What a measurement is asked for, and how the interface asks for it. */
import type { Calibration } from '../core/measure/calibration';
import type { Measurements } from '../core/measure/measurementTable';
import type { EventRules } from '../core/measure/pieceEvents';
import type { QuantityId } from '../core/measure/quantities';

export type MeasureRequest = {
  /** Both included. */
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly quantities: readonly QuantityId[];
  readonly calibration: Calibration;
  /** Left out: pieces count from 0.02 % of the picture on. */
  readonly eventRules?: EventRules;
  /** Whether competitors get columns, too. */
  readonly withCompetitors?: boolean;
};

export type MeasureOptions = {
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
};

export interface MeasureApp {
  /** Gives up the measuring that goes on by itself while values are on show; nothing is measured until `measureAgain`. */
  stopMeasuring(): void;
  measureAgain(): void;
  /**
   * Measures the in/out range as it is now and downloads the values as CSV files in a ZIP. Does nothing while an earlier
   * one goes on.
   */
  exportMeasurements(): Promise<void>;
  cancelMeasurementExport(): void;
  /**
   * Measures the masks of the open footage as they are now. Only frames whose masks, regions or wanted quantities are
   * new are worked out; another scale, axes or frame rate cost next to nothing. Rejects with a UserFacingError,
   * `cancelled` once the signal aborts.
   */
  measure(request: MeasureRequest, options?: MeasureOptions): Promise<Measurements>;
  /**
   * The same as files in a ZIP: one value to a row, one frame to a row, events, what the columns mean, and with
   * quantities of flow the edges in every column of pixels.
   */
  measurementsZip(request: MeasureRequest, options?: MeasureOptions): Promise<Blob>;
}
