/** Painted regions (void, locked): which mask holds on a frame. */
import { intersectRle, minusRle, unionRle } from '../compare/maskDifference';
import { isRegionRole, type Label } from '../label/label';
import type { Rle } from '../mask/rle';
import type { IgnoredPixels } from '../segment/segmentation';
import { withRle } from './maskAtThreshold';
import { maskAt, type FrameMask, type MaskTrack, type Tracks } from './maskTrack';

/** Frames with masks of a track, ascending; tracks are immutable, so this is worked out once for each. */
const framesOf = new WeakMap<MaskTrack['prompted'], readonly number[]>();

function paintedFrames(prompted: MaskTrack['prompted']): readonly number[] {
  const known = framesOf.get(prompted) ?? [...prompted.keys()].toSorted((a, b) => a - b);
  framesOf.set(prompted, known);
  return known;
}

/**
 * The frame whose painted mask holds on `frameIndex`: the nearest one at or before it, else the first one after it, so
 * that painting once covers the whole clip. Null when the region is painted nowhere.
 */
export function regionFrameAt(track: MaskTrack | undefined, frameIndex: number): number | null {
  if (!track || track.prompted.size === 0) {
    return null;
  }
  const frames = paintedFrames(track.prompted);
  return frames.findLast((frame) => frame <= frameIndex) ?? frames[0] ?? null;
}

/** The mask of a region on a frame; null when it is painted nowhere. */
export function regionMaskAt(track: MaskTrack | undefined, frameIndex: number): FrameMask | null {
  const frame = regionFrameAt(track, frameIndex);
  return frame === null ? null : (track?.prompted.get(frame) ?? null);
}

/** The mask that counts for a label on a frame, as it was drawn: for a region, the one that holds there. */
export function labelMaskAt(tracks: Tracks, { objectId, role }: Label, frameIndex: number): FrameMask | null {
  const track = tracks.get(objectId);
  return isRegionRole(role) ? regionMaskAt(track, frameIndex) : (maskAt(track, frameIndex)?.mask ?? null);
}

/** All void (or all locked) pixels of a frame; null when there are none. */
export function regionRle(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
  role: 'void' | 'locked',
): Rle | null {
  const masks = labels.flatMap((label) => {
    const mask = label.role === role ? regionMaskAt(tracks.get(label.objectId), frameIndex) : null;
    return mask?.box ? [mask.rle] : [];
  });
  return unionOf(masks);
}

type Union = { readonly parts: readonly Rle[]; readonly whole: Rle };

/** By the first part, so that the same regions give the same object. */
const unions = new WeakMap<Rle, Union>();

function unionOf(parts: readonly Rle[]): Rle | null {
  const [first] = parts;
  if (!first || parts.length === 1) {
    return first ?? null;
  }
  const known = unions.get(first);
  if (known?.parts.length === parts.length && known.parts.every((part, index) => part === parts[index])) {
    return known.whole;
  }
  const whole = parts.reduce(unionRle);
  unions.set(first, { parts, whole });
  return whole;
}

/** The labels that engines draw: objects and competitors. */
export function withoutRegions(labels: readonly Label[]): readonly Label[] {
  return labels.some(({ role }) => isRegionRole(role))
    ? labels.filter(({ role }) => !isRegionRole(role))
    : labels;
}

/** The void pixels of a clip as propagation is told of them: an entry for each frame on which they change. */
export function ignoredPixels(tracks: Tracks, labels: readonly Label[]): IgnoredPixels[] {
  const painted = labels.flatMap(({ objectId, role }) =>
    role === 'void' ? [...(tracks.get(objectId)?.prompted.keys() ?? [])] : [],
  );
  return [...new Set(painted)]
    .toSorted((a, b) => a - b)
    .map((fromFrame) => ({ fromFrame, rle: regionRle(tracks, labels, fromFrame, 'void') }));
}

/**
 * A newly drawn mask that leaves locked pixels as they were: there, it has what `before` has (nothing when the label had
 * no mask), and everywhere else what was drawn.
 */
export function withLockedKept(mask: FrameMask, before: Rle | null, locked: Rle | null): FrameMask {
  if (!locked) {
    return mask;
  }
  const outside = minusRle(mask.rle, locked);
  return withRle(mask, before ? unionRle(outside, intersectRle(before, locked)) : outside);
}
