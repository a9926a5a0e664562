/** The masks of a frame as they are seen, where one covers another. */
import type { ObjectId } from '../base/ids';
import { minusRle } from '../compare/maskDifference';
import type { Label } from '../label/label';
import type { Rle } from '../mask/rle';
import type { Tracks } from './maskTrack';
import { drawnMasksOfFrame, layerOf, masksOfFrame, type VisibleMask } from './visibleMasks';

export type LabelRle = { readonly objectId: ObjectId; readonly rle: Rle };

/**
 * The masks of objects and competitors on a frame, bottom first, none over another: what engines are told. Void regions
 * take nothing from them here, for engines are told of those by themselves.
 */
export function seenMasks(tracks: Tracks, labels: readonly Label[], frameIndex: number): LabelRle[] {
  return withoutCovered(drawnMasksOfFrame(tracks, labels, frameIndex));
}

/** The masks of a frame as they are shown and measured, none over another; void pixels belong to no label. */
export function shownMasks(tracks: Tracks, labels: readonly Label[], frameIndex: number): LabelRle[] {
  return withoutCovered(masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => region !== 'locked'));
}

/** Each mask without the pixels of those in layers above it. A mask that loses nothing keeps its runs. */
export function withoutCovered(masks: readonly VisibleMask[]): LabelRle[] {
  return masks.map((entry) => ({
    objectId: entry.objectId,
    rle: masks
      .filter((other) => other.mask.areaPx > 0 && layerOf(other) > layerOf(entry))
      .reduce((rle, other) => minusRle(rle, other.mask.rle), entry.mask.rle),
  }));
}
