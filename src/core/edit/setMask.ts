/** Gives one label another outline on a frame. */
import type { ObjectId } from '../base/ids';
import { minusRle } from '../compare/maskDifference';
import { isRegionRole } from '../label/label';
import { rleArea, type Rle } from '../mask/rle';
import { maskAt, type FrameMask, type MaskEdit } from '../track/maskTrack';
import { regionMaskAt, withoutRegions } from '../track/regions';
import { withoutCovered } from '../track/seenMasks';
import { withFrameMasks } from '../track/trackEdits';
import { masksOfFrame } from '../track/visibleMasks';
import { handMadeMask, paintRegion, type MaskChanges, type PaintedFrame } from './paintRegion';

/**
 * Where the label may gain pixels: only where no other label is, or also over guesses of others. Annotated masks of
 * other labels always keep theirs.
 */
export type Gains = 'onlyBackground' | 'overGuesses';

/** The pixels a label is seen to have; null when it has no mask on the frame. */
export function seenOutline({ tracks, labels, frameIndex }: PaintedFrame, objectId: ObjectId): Rle | null {
  const label = labels.find((candidate) => candidate.objectId === objectId);
  if (label && isRegionRole(label.role)) {
    return regionMaskAt(tracks.get(objectId), frameIndex)?.rle ?? null;
  }
  const masks = masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => !region);
  return withoutCovered(masks).find((entry) => entry.objectId === objectId)?.rle ?? null;
}

/**
 * The changes that make the label seen as `wanted` as far as `gains`, locked and void regions allow; what other labels
 * are seen to have does not change but for guesses that get covered. Even without a change of outline the label's mask
 * becomes annotation, unless `mustChange`.
 */
export function setMask(
  frame: PaintedFrame,
  objectId: ObjectId,
  wanted: Rle,
  { edit, gains, mustChange = false }: { edit: MaskEdit; gains: Gains; mustChange?: boolean },
): MaskChanges {
  const before = seenOutline(frame, objectId) ?? minusRle(wanted, wanted);
  const erased = paintRegion(frame, {
    region: minusRle(before, wanted),
    action: { kind: 'erase', objectId },
    order: 'onTop',
    edit,
  });
  const between = withChanges(frame, erased);
  const gained = minusRle(wanted, before);
  const painted = paintRegion(between, {
    region: gains === 'overGuesses' ? minusAnnotated(frame, objectId, gained) : gained,
    action: { kind: 'paint', objectId },
    order: gains === 'overGuesses' ? 'onTop' : 'onlyBackground',
    edit,
  });
  const changes = new Map([...erased, ...painted]);
  if (!mustChange && !changes.has(objectId)) {
    return ensureAnnotated(frame, objectId, edit);
  }
  return [...changes];
}

function withChanges(frame: PaintedFrame, changes: MaskChanges): PaintedFrame {
  return changes.length === 0
    ? frame
    : { ...frame, tracks: withFrameMasks(frame.tracks, 'prompted', frame.frameIndex, changes) };
}

function minusAnnotated({ tracks, labels, frameIndex }: PaintedFrame, objectId: ObjectId, rle: Rle): Rle {
  return withoutRegions(labels).reduce((rest, other) => {
    const mask =
      other.objectId === objectId ? undefined : tracks.get(other.objectId)?.prompted.get(frameIndex);
    return mask && rleArea(mask.rle) > 0 ? minusRle(rest, mask.rle) : rest;
  }, rle);
}

/** The mask as it is seen, written down; nothing when it is annotated already. */
function ensureAnnotated(frame: PaintedFrame, objectId: ObjectId, edit: MaskEdit): MaskChanges {
  const at = maskAt(frame.tracks.get(objectId), frame.frameIndex);
  if (at?.source === 'prompted') {
    return [];
  }
  const seen = seenOutline(frame, objectId);
  return seen ? [[objectId, handMadeMask(seen, edit)]] : [];
}

/** An annotated mask without a pixel: the label is not on the frame. */
export function absentMask([height, width]: Rle['size']): FrameMask {
  return handMadeMask({ size: [height, width], counts: Uint32Array.of(height * width) }, 'painted');
}
