/** Which masks of a frame count, in the order in which they cover each other. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import { applyThresholds } from './applyThresholds';
import { maskAt, type FrameMask, type MaskSource, type Tracks } from './maskTrack';

export type VisibleMask = { objectId: ObjectId; mask: FrameMask; source: MaskSource };

/** 0 propagated, 1 accepted, 2 drawn from prompts: masks of a higher layer take their pixels from lower ones. */
export function layerOf({ mask, source }: Pick<VisibleMask, 'mask' | 'source'>): 0 | 1 | 2 {
  if (source === 'propagated') {
    return 0;
  }
  return mask.isAccepted ? 1 : 2;
}

/**
 * The masks of a frame, bottom first: propagated ones, then accepted ones, then those drawn from prompts, each in list
 * order. What the user prompted covers what was propagated, and a correction covers what was accepted before it; within
 * one layer the masks do not overlap, for they were merged when they were made. Masks are cut at their labels' thresholds;
 * as long as nothing changes, a frame's masks stay the same objects.
 */
export function masksOfFrame(tracks: Tracks, labels: readonly Label[], frameIndex: number): VisibleMask[] {
  const found = labels.flatMap((label) => {
    const at = maskAt(tracks.get(label.objectId), frameIndex);
    return at ? [{ objectId: label.objectId, ...at }] : [];
  });
  const cut = applyThresholds(found, tracks, frameIndex);
  return ([0, 1, 2] as const).flatMap((layer) => cut.filter((entry) => layerOf(entry) === layer));
}
