/** How masks that were drawn again from the log agree with those that are kept. */
import type { ObjectId } from '../base/ids';
import { intersectRle } from '../compare/maskDifference';
import { rleArea, type Rle } from '../mask/rle';
import { mean } from '../metrics/sequenceScores';
import { maskAt, type Tracks } from '../track/maskTrack';
import { isRegionRole, type Label } from '../label/label';
import type { LogEntry } from './log';
import { maskOrigins, type MaskOrigin } from './origins';

export type ReplayFrame = { readonly frameIndex: number; readonly iou: number };

/** What one step of the log drew of one label. */
export type ReplayRow = {
  /** Id of the log entry; null for masks that the log says nothing of. */
  readonly entry: number | null;
  /** Of the step, in the history's words. */
  readonly step: string;
  readonly objectId: ObjectId;
  readonly label: string;
  readonly frames: readonly ReplayFrame[];
  readonly meanIou: number;
  readonly worst: ReplayFrame;
};

export type ReplayReport = {
  readonly rows: readonly ReplayRow[];
  /** Masks made by hand, imported, or taken from a study: as they are. */
  readonly givenMasks: number;
  /** Masks that were drawn again and compared. */
  readonly comparedMasks: number;
  /** Null when nothing was compared. */
  readonly meanIou: number | null;
  readonly minIou: number | null;
  /** Masks made by hand that the log knows and that have been changed since. */
  readonly replacedMasks: number;
  readonly droppedEntries: number;
  /** Runs that were shown the pictures adjusted otherwise than the replay. */
  readonly otherPictures: number;
};

/** Intersection over union of two masks of one size, 0..1; a mask that is not there has no pixel; 1 for two empty ones. */
export function rleIou(a: Rle | null, b: Rle | null): number {
  const [areaA, areaB] = [a ? rleArea(a) : 0, b ? rleArea(b) : 0];
  const common = a && b ? rleArea(intersectRle(a, b)) : 0;
  return areaA + areaB === 0 ? 1 : common / (areaA + areaB - common);
}

/** Compares masks as they were drawn, before thresholds and clean-up rules. Painted regions are no result. */
export function replayReport(
  entries: readonly LogEntry[],
  labels: readonly Label[],
  { kept, replayed }: { readonly kept: Tracks; readonly replayed: Tracks },
  notes: Pick<ReplayReport, 'replacedMasks' | 'droppedEntries' | 'otherPictures'>,
): ReplayReport {
  const drawn = new Map(
    labels.flatMap((label) => (isRegionRole(label.role) ? [] : [[label.objectId, label] as const])),
  );
  const origins = maskOrigins(entries, kept).filter(({ objectId }) => drawn.has(objectId));
  const compared = origins.filter(({ mask, source }) => !mask.edit && source !== 'study');
  const groups = new Map<string, MaskOrigin[]>();
  for (const origin of compared) {
    const key = `${origin.entry} ${origin.objectId}`;
    const group = groups.get(key) ?? [];
    group.push(origin);
    groups.set(key, group);
  }
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  const rows = [...groups.values()].map((group): ReplayRow => {
    const { entry, objectId } = group[0]!;
    const frames = group.map(({ frameIndex, mask }) => ({
      frameIndex,
      iou: rleIou(mask.rle, maskAt(replayed.get(objectId), frameIndex)?.mask.rle ?? null),
    }));
    const worst = frames.reduce((low, frame) => (frame.iou < low.iou ? frame : low));
    const step = (entry === null ? undefined : names.get(entry)) ?? 'Not in the log';
    const label = drawn.get(objectId)?.name ?? '';
    const meanIou = mean(frames.map(({ iou }) => iou)) ?? 1;
    return { entry, step, objectId, label, frames, meanIou, worst };
  });
  const ious = rows.flatMap(({ frames }) => frames.map(({ iou }) => iou));
  return {
    rows: rows.toSorted((a, b) => (a.entry ?? 0) - (b.entry ?? 0) || a.objectId - b.objectId),
    givenMasks: origins.length - compared.length,
    comparedMasks: compared.length,
    meanIou: mean(ious),
    // Not by spreading: a call takes only so many arguments.
    minIou: ious.reduce<number | null>((low, iou) => Math.min(low ?? iou, iou), null),
    ...notes,
  };
}
