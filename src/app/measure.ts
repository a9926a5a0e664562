/** Measures the masks of the open footage, frame by frame, and keeps what was measured. */
import { cancelledError, UserFacingError } from '../core/base/errors';
import type { FootageId } from '../core/base/ids';
import type { Rle } from '../core/mask/rle';
import { timeOfFrame, type Calibration, type MeasuredRegion } from '../core/measure/calibration';
import { outsideRegion } from '../core/measure/excludedPixels';
import type { Measurements } from '../core/measure/measurementTable';
import { quantities } from '../core/measure/quantities';
import type { MaskflowStore } from '../state/store';
import {
  framesToKnow,
  measurementsOf,
  remember,
  tasksOf,
  workedOut,
  type Known,
  type MeasureJob,
} from './measureJob';
import { frameKey, frameToMeasure, type MaskSnapshot } from './measureKeys';
import type { MeasureOptions, MeasureRequest } from './measureRequest';
import type { MeasureService } from './services';

/** Frames sent to the worker at once: cancelling waits for as many. */
const BATCH_FRAMES = 4;

export class Measuring {
  readonly #store: MaskflowStore;
  readonly #service: MeasureService;
  #known = new Map<number, Known>();
  #knownFootage: FootageId | null = null;
  #outside: {
    readonly region: MeasuredRegion;
    readonly footageId: FootageId;
    readonly rle: Rle | null;
  } | null = null;

  constructor(store: MaskflowStore, service: MeasureService) {
    this.#store = store;
    this.#service = service;
  }

  /** See MeasureApp. */
  async measure(request: MeasureRequest, options: MeasureOptions = {}): Promise<Measurements> {
    return await this.#measure(this.#snapshot(request.calibration), request, options);
  }

  /** See MeasureApp. */
  async measurementsZip(request: MeasureRequest, options: MeasureOptions = {}): Promise<Blob> {
    const snapshot = this.#snapshot(request.calibration);
    const measurements = await this.#measure(snapshot, request, options);
    const { footage } = snapshot;
    const { calibration } = request;
    const hasProfiles = request.quantities.some((id) => quantities[id].group === 'flow');
    const profileFrames = Array.from(hasProfiles ? measurements.table.frames : [], (frameIndex) => ({
      frameIndex,
      timeSec: timeOfFrame(footage.frameTable, frameIndex, calibration),
    }));
    const { width, height, name, frameTable } = footage;
    return await this.#service.zip(
      {
        measurements,
        calibration,
        footage: { width, height, name, frameCount: frameTable.timestampsSec.length },
        profileFrames,
      },
      (frameIndex) => frameToMeasure(snapshot, frameIndex, { withSoft: false }),
      options,
    );
  }

  async #measure(
    snapshot: MaskSnapshot,
    request: MeasureRequest,
    { onProgress, signal }: MeasureOptions,
  ): Promise<Measurements> {
    const frames = Array.from(
      { length: Math.max(0, request.toFrame - request.fromFrame + 1) },
      (_, index) => request.fromFrame + index,
    );
    const known = framesToKnow(request, snapshot.footage.frameTable.timestampsSec.length);
    const job: MeasureJob = {
      snapshot,
      keys: new Map(known.map((frame) => [frame, frameKey(snapshot, frame)])),
      groups: workedOut(request.quantities),
      known: this.#known,
      own: new Map(),
    };
    for (let from = 0; from < known.length; from += BATCH_FRAMES) {
      if (signal?.aborted) {
        throw cancelledError();
      }
      const tasks = tasksOf(job, known.slice(from, from + BATCH_FRAMES));
      if (tasks.length > 0) {
        onProgress?.({ done: from, total: known.length });
        remember(job, await this.#service.measure(snapshot.footage.footageId, tasks));
      }
    }
    if (signal?.aborted) {
      throw cancelledError();
    }
    onProgress?.({ done: known.length, total: known.length });
    return measurementsOf(job, request, frames);
  }

  #snapshot({ region, isLockedExcluded }: Calibration): MaskSnapshot {
    const { footage, labels, tracks } = this.#store.getState();
    if (!footage) {
      throw new UserFacingError({
        code: 'measure-nothing',
        what: 'There is no footage to measure.',
        safe: 'Nothing was changed.',
        todo: 'Open a video or images first.',
      });
    }
    const { footageId } = footage;
    if (this.#knownFootage !== footageId) {
      this.#known = new Map();
      this.#knownFootage = footageId;
    }
    if (region && (this.#outside?.region !== region || this.#outside.footageId !== footageId)) {
      this.#outside = { region, footageId, rle: outsideRegion(region, footage) };
    }
    return { footage, labels, tracks, outside: region ? this.#outside!.rle : null, isLockedExcluded };
  }
}
