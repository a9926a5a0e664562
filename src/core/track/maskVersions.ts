/** Earlier states of the masks, left behind by the runs that changed them. */
import type { ObjectId } from '../base/ids';
import { differenceAreaPx } from '../compare/maskDifference';
import type { Label } from '../label/label';
import { emptyTrack, maskAt, type Tracks } from './maskTrack';

/** What made the masks change. */
export type VersionKind = 'propagate' | 'refine' | 'restore' | 'study';

/** What a run is about to change; both frames included, `fromFrame` <= `toFrame`. */
export type VersionNote = {
  readonly kind: VersionKind;
  /** Such as "Before SAM refinement of frames 3-20, box + mask". */
  readonly name: string;
  readonly fromFrame: number;
  readonly toFrame: number;
};

/** The masks of a stretch of frames as they were before a run. */
export type MaskVersion = VersionNote & {
  readonly id: number;
  /** How many runs had been started when it was made. */
  readonly createdAtRun: number;
  /** The labels there were; labels added later are not part of it. */
  readonly objectIds: readonly ObjectId[];
  /** All tracks as they were: immutable, so they share all masks that have not changed since. */
  readonly tracks: Tracks;
};

/** `frame 3` or `frames 3-20`. */
export function framesText(fromFrame: number, toFrame: number): string {
  return fromFrame === toFrame ? `frame ${fromFrame}` : `frames ${fromFrame}-${toFrame}`;
}

/** The oldest versions go first when there are more. */
export const MAX_VERSIONS = 20;

/** Whether there is a propagated mask that the run could change. */
function hasPropagated(tracks: Tracks, { fromFrame, toFrame }: VersionNote): boolean {
  return [...tracks.values()].some(({ propagated }) =>
    [...propagated.keys()].some((frame) => frame >= fromFrame && frame <= toFrame),
  );
}

/** The versions with one more of how things are; the same list when there is nothing to come back to. */
export function withVersion(
  versions: readonly MaskVersion[],
  note: VersionNote,
  now: { readonly tracks: Tracks; readonly labels: readonly Label[]; readonly run: number },
): readonly MaskVersion[] {
  if (!hasPropagated(now.tracks, note)) {
    return versions;
  }
  const id = (versions.at(-1)?.id ?? 0) + 1;
  const objectIds = now.labels.map((label) => label.objectId);
  const version = { ...note, id, createdAtRun: now.run, objectIds, tracks: now.tracks };
  return [...versions, version].slice(-MAX_VERSIONS);
}

/**
 * The tracks with the propagated masks of the version on the version's frames. Prompted masks, other frames, and labels
 * that were not there then stay as they are.
 */
export function restoredTracks(tracks: Tracks, labels: readonly Label[], version: MaskVersion): Tracks {
  const isInside = (frame: number): boolean => frame >= version.fromFrame && frame <= version.toFrame;
  const next = new Map(tracks);
  for (const { objectId } of labels) {
    if (version.objectIds.includes(objectId)) {
      const track = tracks.get(objectId) ?? emptyTrack(objectId);
      const then = version.tracks.get(objectId)?.propagated ?? new Map();
      const kept = [...track.propagated].filter(([frame]) => !isInside(frame));
      const restored = [...then].filter(([frame]) => isInside(frame));
      next.set(objectId, { ...track, propagated: new Map([...kept, ...restored]) });
    }
  }
  return next;
}

export type VersionDifference = {
  readonly frames: number;
  readonly areaPx: number;
  /** Of the frames, those on which a label that differs is annotated now, and so stays when the version is restored. */
  readonly annotatedFrames: number;
  /** Pixels that restoring would change. */
  readonly restorablePx: number;
};

/**
 * On how many frames the masks that count now are others than in the version, and by how many pixels in all. Competitors
 * are no result: they are only counted among what restoring changes.
 */
export function versionDifference(
  tracks: Tracks,
  labels: readonly Label[],
  version: MaskVersion,
): VersionDifference {
  const frames = new Set<number>();
  const annotated = new Set<number>();
  let areaPx = 0;
  let restorablePx = 0;
  for (const { objectId, role } of labels) {
    const [then, now] = [version.tracks.get(objectId), tracks.get(objectId)];
    const isShared = then?.propagated === now?.propagated && then?.prompted === now?.prompted;
    if (isShared || !version.objectIds.includes(objectId)) {
      continue;
    }
    for (let frame = version.fromFrame; frame <= version.toFrame; frame += 1) {
      const before = maskAt(then, frame)?.mask.rle ?? null;
      const apart = differenceAreaPx(before, maskAt(now, frame)?.mask.rle ?? null);
      const isAnnotated = now?.prompted.has(frame) ?? false;
      if (apart > 0 && role !== 'competitor') {
        areaPx += apart;
        frames.add(frame);
        if (isAnnotated) {
          annotated.add(frame);
        }
      }
      if (!isAnnotated) {
        const drawn = then?.propagated.get(frame)?.rle ?? null;
        restorablePx += differenceAreaPx(drawn, now?.propagated.get(frame)?.rle ?? null);
      }
    }
  }
  return { frames: frames.size, areaPx, annotatedFrames: annotated.size, restorablePx };
}
