/** Measures the masks of the open footage, frame by frame, and keeps what was measured. */
import { cancelledError, UserFacingError } from '../core/base/errors';
import type { FootageId } from '../core/base/ids';
import type { Rle } from '../core/mask/rle';
import { buildTable } from '../core/measure/buildTable';
import type { Calibration, MeasuredRegion } from '../core/measure/calibration';
import { outsideRegion } from '../core/measure/excludedPixels';
import type { FlowProfile } from '../core/measure/flowProfile';
import type { FrameMeasurement } from '../core/measure/frameMeasurement';
import { columnLabels, labelStatuses, type Measurements } from '../core/measure/measurementTable';
import { defaultEventRules, pieceEvents } from '../core/measure/pieceEvents';
import { groupsOf, type MeasureGroup } from '../core/measure/quantities';
import type { MaskflowStore } from '../state/store';
import type { FrameResult, FrameTask } from '../workers/measure/measureProtocol';
import { frameKey, frameToMeasure, isSameKey, type FrameKey, type MaskSnapshot } from './measureKeys';
import type { MeasureOptions, MeasureRequest } from './measureRequest';
import type { MeasureService } from './services';

/** Frames sent to the worker at once: cancelling waits for as many. */
const BATCH_FRAMES = 4;

type Known = {
  readonly key: FrameKey;
  readonly measurement: FrameMeasurement;
  /** Pieces shared with the frame before, and what that frame's key was then. */
  readonly links: { readonly keyBefore: FrameKey; readonly pixels: Float64Array } | null;
};

type Job = {
  readonly snapshot: MaskSnapshot;
  readonly keys: ReadonlyMap<number, FrameKey>;
  readonly groups: ReadonlySet<MeasureGroup>;
  /** What is known of the job's footage; that of other footage never gets in. */
  readonly known: Map<number, Known>;
};

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
  async measure(request: MeasureRequest, { onProgress, signal }: MeasureOptions = {}): Promise<Measurements> {
    const snapshot = this.#snapshot(request.calibration);
    const frames = Array.from(
      { length: Math.max(0, request.toFrame - request.fromFrame + 1) },
      (_, index) => request.fromFrame + index,
    );
    const job: Job = {
      snapshot,
      keys: new Map(frames.map((frame) => [frame, frameKey(snapshot, frame)])),
      groups: workedOut(groupsOf(request.quantities)),
      known: this.#known,
    };
    for (let from = 0; from < frames.length; from += BATCH_FRAMES) {
      if (signal?.aborted) {
        throw cancelledError();
      }
      const tasks = tasksOf(job, frames.slice(from, from + BATCH_FRAMES));
      if (tasks.length > 0) {
        onProgress?.({ done: from, total: frames.length });
        remember(job, await this.#service.measure(snapshot.footage.footageId, tasks));
      }
    }
    if (signal?.aborted) {
      throw cancelledError();
    }
    onProgress?.({ done: frames.length, total: frames.length });
    return measurementsOf(job, request, frames);
  }

  /** See MeasureApp. */
  async flowProfiles(frameIndex: number, calibration: Calibration): Promise<readonly FlowProfile[]> {
    const snapshot = this.#snapshot(calibration);
    const profiles = await this.#service.profiles(frameToMeasure(snapshot, frameIndex, { withSoft: false }));
    const shown = new Set(columnLabels(snapshot.labels, false).map(({ objectId }) => objectId));
    return profiles.filter(({ objectId }) => shown.has(objectId));
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

/** What is to be done for frames that follow each other: those that are not known, and their links to the one before. */
function tasksOf({ snapshot, keys, groups, known: all }: Job, batch: readonly number[]): FrameTask[] {
  const tasks: FrameTask[] = [];
  for (const frameIndex of batch) {
    const known = all.get(frameIndex);
    const isSame = isSameKey(known?.key, keys.get(frameIndex)!);
    const had = isSame ? known!.measurement.groups : new Set<MeasureGroup>();
    const isKnown = isSame && [...groups].every((group) => had.has(group));
    const keyBefore = keys.get(frameIndex - 1);
    const isLinked = keyBefore !== undefined && !(isSame && isSameKey(known!.links?.keyBefore, keyBefore));
    if (isKnown && !isLinked) {
      continue;
    }
    if (isLinked && tasks.at(-1)?.frameIndex !== frameIndex - 1) {
      const before = frameToMeasure(snapshot, frameIndex - 1, { withSoft: false });
      tasks.push({ frameIndex: frameIndex - 1, frame: before, groups: null, isLinked: false });
    }
    const wanted = isKnown ? null : new Set([...groups, ...had]);
    const frame = frameToMeasure(snapshot, frameIndex, { withSoft: wanted?.has('bounds') ?? false });
    tasks.push({ frameIndex, frame, groups: wanted, isLinked });
  }
  return tasks;
}

function remember({ keys, known: all }: Job, results: readonly FrameResult[]): void {
  for (const { frameIndex, measurement, links } of results) {
    const key = keys.get(frameIndex)!;
    const keyBefore = keys.get(frameIndex - 1);
    const old = all.get(frameIndex);
    const known = isSameKey(old?.key, key) ? old : undefined;
    const kept = measurement ?? known?.measurement;
    if (kept) {
      const newLinks = links && keyBefore ? { keyBefore, pixels: links } : null;
      all.set(frameIndex, { key, measurement: kept, links: newLinks ?? known?.links ?? null });
    }
  }
}

function measurementsOf(
  { snapshot, known: all }: Job,
  request: MeasureRequest,
  frames: readonly number[],
): Measurements {
  const { footage, labels, tracks } = snapshot;
  const shown = columnLabels(labels, request.withCompetitors ?? false);
  const objectIds = shown.map(({ objectId }) => objectId);
  const known = frames.map((frame) => all.get(frame)!);
  return {
    table: buildTable({
      fromFrame: request.fromFrame,
      measurements: known.map(({ measurement }) => measurement),
      frameTable: footage.frameTable,
      size: footage,
      calibration: request.calibration,
      labels: shown,
      statuses: labelStatuses(tracks, objectIds, frames),
      quantities: request.quantities,
    }),
    events: pieceEvents(
      known.map(({ measurement, links }, index) => ({
        frameIndex: frames[index]!,
        measurement,
        links: index > 0 ? (links?.pixels ?? null) : null,
      })),
      objectIds,
      request.eventRules ?? defaultEventRules(footage),
    ),
  };
}

/** Centroids and areas, which motion needs, come with everything. */
function workedOut(groups: ReadonlySet<MeasureGroup>): ReadonlySet<MeasureGroup> {
  return new Set([...groups].filter((group) => group !== 'motion'));
}
