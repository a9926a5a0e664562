/** One measuring of a range: what is known of its frames, what is still to be done, and what comes out. */
import { buildTable } from '../core/measure/buildTable';
import type { FrameMeasurement } from '../core/measure/frameMeasurement';
import { columnLabels, labelStatuses, type Measurements } from '../core/measure/measurementTable';
import { defaultEventRules, pieceEvents } from '../core/measure/pieceEvents';
import { groupsOf, quantities, type MeasureGroup, type QuantityId } from '../core/measure/quantities';
import type { FrameResult, FrameTask } from '../workers/measure/measureProtocol';
import { frameToMeasure, isSameKey, type FrameKey, type MaskSnapshot } from './measureKeys';
import type { MeasureRequest } from './measureRequest';

export type Known = {
  readonly key: FrameKey;
  readonly measurement: FrameMeasurement;
  /** Pieces shared with the frame before, and what that frame's key was then. */
  readonly links: { readonly keyBefore: FrameKey; readonly pixels: Float64Array } | null;
};

export type MeasureJob = {
  readonly snapshot: MaskSnapshot;
  readonly keys: ReadonlyMap<number, FrameKey>;
  readonly groups: ReadonlySet<MeasureGroup>;
  /** What is known of the job's footage; that of other footage never gets in. */
  readonly known: Map<number, Known>;
  /** What the job itself will tell of, so that another one under way cannot change it. */
  readonly own: Map<number, Known>;
};

/** What is to be done for frames that follow each other: those that are not known, and their links to the one before. */
export function tasksOf(
  { snapshot, keys, groups, known: all, own }: MeasureJob,
  batch: readonly number[],
): FrameTask[] {
  const tasks: FrameTask[] = [];
  for (const frameIndex of batch) {
    const known = all.get(frameIndex);
    const isSame = isSameKey(known?.key, keys.get(frameIndex)!);
    if (isSame) {
      own.set(frameIndex, known!);
    }
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

export function remember({ keys, known: all, own }: MeasureJob, results: readonly FrameResult[]): void {
  for (const { frameIndex, measurement, links } of results) {
    const key = keys.get(frameIndex)!;
    const keyBefore = keys.get(frameIndex - 1);
    const known = own.get(frameIndex);
    const kept = measurement ?? known?.measurement;
    if (kept) {
      const newLinks = links && keyBefore ? { keyBefore, pixels: links } : null;
      const entry: Known = { key, measurement: kept, links: newLinks ?? known?.links ?? null };
      all.set(frameIndex, entry);
      own.set(frameIndex, entry);
    }
  }
}

export function measurementsOf(
  { snapshot, own }: MeasureJob,
  request: MeasureRequest,
  frames: readonly number[],
): Measurements {
  const { footage, labels, tracks } = snapshot;
  const shown = columnLabels(labels, request.withCompetitors ?? false);
  const objectIds = shown.map(({ objectId }) => objectId);
  const known = frames.map((frame) => own.get(frame)!);
  const before = own.get(request.fromFrame - 1)?.measurement;
  const after = own.get(request.toFrame + 1)?.measurement;
  return {
    table: buildTable({
      fromFrame: request.fromFrame,
      measurements: known.map(({ measurement }) => measurement),
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
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

/** The frames that have to be known: of the range, and its neighbours where slopes over time look at them. */
export function framesToKnow(request: MeasureRequest, frameCount: number): number[] {
  const isMotion = request.quantities.some((id) => quantities[id].group === 'motion');
  const reach = isMotion && request.toFrame >= request.fromFrame ? 1 : 0;
  const first = Math.max(0, request.fromFrame - reach);
  const last = Math.min(frameCount - 1, request.toFrame + reach);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** What has to be worked out for quantities. Centroids and areas, which motion needs, come with everything. */
export function workedOut(ids: readonly QuantityId[]): ReadonlySet<MeasureGroup> {
  return new Set([...groupsOf(ids)].filter((group) => group !== 'motion'));
}
