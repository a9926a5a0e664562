/** A named, immutable set of masks, wherever they come from: what can be compared with another. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import type { Rle } from '../mask/rle';
import type { Tracks } from '../track/maskTrack';
import type { MaskVersion } from '../track/maskVersions';
import { regionRle } from '../track/regions';
import { withoutCovered, type LabelRle } from '../track/seenMasks';
import { masksOfFrame } from '../track/visibleMasks';
import type { LabelMatch, ReferenceSet } from './referenceSet';

/**
 * `present`: the masks of the project now; `version`: as they were before a run; `reference`: imported to compare with,
 * never part of the tracks; `result`: what an engine made, not part of the tracks either.
 */
export type MaskSetKind = 'present' | 'version' | 'reference' | 'result';

export type MaskSet = {
  /** Unique among the sets at hand, and the same for as long as the set is there: `present`, `version 3`. */
  readonly key: string;
  readonly kind: MaskSetKind;
  readonly name: string;
  /** Labels with the ids that `tracks` has; of sets other than references these are ids of the project's labels. */
  readonly labels: readonly Label[];
  readonly tracks: Tracks;
  /** Of a reference: labels of the project that labels of it are said to be. */
  readonly matches?: readonly LabelMatch[];
  /** The frames it speaks of, both included. */
  readonly fromFrame: number;
  readonly toFrame: number;
};

/** What a set says of one frame. */
export type SetFrame = {
  /** Objects that have a mask there, bottom first, none over another; an empty mask says that there is no object. */
  readonly masks: readonly LabelRle[];
  /** Void pixels, which no score and no count looks at; null for none. */
  readonly ignored: Rle | null;
};

export const PRESENT_KEY = 'present';

type Annotation = { readonly labels: readonly Label[]; readonly tracks: Tracks };

/** The masks of the project as they are now. */
export function presentSet({ labels, tracks }: Annotation, frameCount: number, name: string): MaskSet {
  return { key: PRESENT_KEY, kind: 'present', name, labels, tracks, fromFrame: 0, toFrame: frameCount - 1 };
}

/** The masks that a run left behind, on the frames it was about to change; labels added since are not part of it. */
export function versionSet(version: MaskVersion, labels: readonly Label[]): MaskSet {
  return {
    key: `version ${version.id}`,
    kind: 'version',
    name: version.name,
    labels: labels.filter(({ objectId }) => version.objectIds.includes(objectId)),
    tracks: version.tracks,
    fromFrame: version.fromFrame,
    toFrame: version.toFrame,
  };
}

/** Imported masks. */
export function referenceSet(reference: ReferenceSet, frameCount: number): MaskSet {
  const { id, name, labels, tracks, matches } = reference;
  return {
    key: `reference ${id}`,
    kind: 'reference',
    name,
    labels,
    tracks,
    matches,
    fromFrame: 0,
    toFrame: frameCount - 1,
  };
}

/** What an engine made of the project's labels on a range; `id` tells it from other results. */
export function resultSet(
  id: string,
  name: string,
  { labels, tracks }: Annotation,
  range: { readonly fromFrame: number; readonly toFrame: number },
): MaskSet {
  return { key: `result ${id}`, kind: 'result', name, labels, tracks, ...range };
}

/** The labels that are compared: competitors and regions are no result. */
export function comparableLabels(set: MaskSet): readonly Label[] {
  return set.labels.filter(({ role }) => role === 'object');
}

/**
 * The masks of one frame as they are shown and exported (thresholds and clean-up rules applied, overlaps resolved); null
 * where no object of the set has a mask, not even an empty one.
 */
export function maskSetFrame(set: MaskSet, frameIndex: number): SetFrame | null {
  if (!hasFrame(set, frameIndex)) {
    return null;
  }
  const { tracks, labels } = set;
  const objects = new Set(comparableLabels(set).map(({ objectId }) => objectId));
  const shown = masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => region !== 'locked');
  return {
    masks: withoutCovered(shown).filter(({ objectId }) => objects.has(objectId)),
    ignored: regionRle(tracks, labels, frameIndex, 'void'),
  };
}

/** The mask of a label on a frame; null where it has none. */
export function maskOfLabel(frame: SetFrame, objectId: ObjectId): Rle | null {
  return frame.masks.find((entry) => entry.objectId === objectId)?.rle ?? null;
}

function hasFrame({ tracks, labels, fromFrame, toFrame }: MaskSet, frameIndex: number): boolean {
  if (frameIndex < fromFrame || frameIndex > toFrame) {
    return false;
  }
  return labels.some(({ objectId, role }) => {
    const track = role === 'object' ? tracks.get(objectId) : undefined;
    return (track?.prompted.has(frameIndex) || track?.propagated.has(frameIndex)) ?? false;
  });
}

/** The frames on which the set has masks, ascending. */
export function framesOfSet(set: MaskSet): number[] {
  const frames = new Set<number>();
  for (const { objectId } of comparableLabels(set)) {
    const track = set.tracks.get(objectId);
    for (const masks of [track?.prompted, track?.propagated]) {
      for (const frame of masks?.keys() ?? []) {
        if (frame >= set.fromFrame && frame <= set.toFrame) {
          frames.add(frame);
        }
      }
    }
  }
  return [...frames].toSorted((a, b) => a - b);
}

/** The frames on which both sets have masks, ascending: those that can be compared. */
export function commonFrames(a: MaskSet, b: MaskSet): number[] {
  const ofB = new Set(framesOfSet(b));
  return framesOfSet(a).filter((frame) => ofB.has(frame));
}
