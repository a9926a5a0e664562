/** What may be asked of the measure worker. */
import type { FootageId, JobId } from '../../core/base/ids';
import type { Calibration } from '../../core/measure/calibration';
import type { MeasuredFootage } from '../../core/measure/columnsText';
import type { FrameToMeasure } from '../../core/measure/frameMeasurement';
import type { FrameResult, FrameTask } from '../../core/measure/frameSequence';
import type { Measurements } from '../../core/measure/measurementTable';

export type { FrameResult, FrameTask } from '../../core/measure/frameSequence';

export type ZipRequest = {
  readonly measurements: Measurements;
  readonly calibration: Calibration;
  readonly footage: MeasuredFootage;
  /** Frames whose profiles are written; empty for none. */
  readonly profileFrames: readonly { readonly frameIndex: number; readonly timeSec: number }[];
};

export type ZipProgress = { readonly done: number; readonly total: number };

export interface MeasureService {
  /** Reads decoded pictures over this port (FramePixelsService). Takes the place of an earlier one. */
  connectFrames(port: MessagePort): void;
  /** The worker at the other end has died: what waits for its pictures rejects. */
  disconnectFrames(): void;
  /**
   * Measures some frames, in order; pictures of the footage are decoded only where colour is asked for. A batch is not
   * interrupted: who wants to cancel sends small ones.
   */
  measure(footageId: FootageId, tasks: readonly FrameTask[]): Promise<readonly FrameResult[]>;
  /**
   * All files of exported measurements; `getFrame` is asked for the masks of each frame with profiles, in order. On disk
   * where possible, until the next one is made.
   */
  zip(
    request: ZipRequest,
    getFrame: (frameIndex: number) => Promise<FrameToMeasure>,
    onProgress: (progress: ZipProgress) => void,
    jobId: JobId,
  ): Promise<Blob>;
  cancel(jobId: JobId): void;
}
