/** Which masks of a frame count, in the order in which they cover each other. */
import type { ObjectId } from '../base/ids';
import { isRegionRole, type Label } from '../label/label';
import { applyThresholds } from './applyThresholds';
import { applyCleanup } from './cleanup';
import { withLockedAsDrawn } from './lockedKept';
import { maskAt, type FrameMask, type MaskSource, type Tracks } from './maskTrack';
import { regionMaskAt, withoutRegions } from './regions';

export type VisibleMask = {
  readonly objectId: ObjectId;
  readonly mask: FrameMask;
  readonly source: MaskSource;
  /** Set for painted regions, whose mask may come from another frame. */
  readonly region?: 'void' | 'locked';
};

/**
 * 0 propagated, 1 accepted or made by hand, 2 drawn from prompts: masks of a higher layer take their pixels from lower
 * ones. 3 void: covers them all. -1 locked: takes no pixel from anything.
 */
export function layerOf({
  mask,
  source,
  region,
}: Pick<VisibleMask, 'mask' | 'source' | 'region'>): -1 | 0 | 1 | 2 | 3 {
  if (region) {
    return region === 'void' ? 3 : -1;
  }
  if (source === 'propagated') {
    return 0;
  }
  return mask.isAccepted ? 1 : 2;
}

/**
 * The masks of objects and competitors, bottom first: propagated ones, then accepted ones, then those drawn from
 * prompts, each in list order. What the user prompted covers what was propagated, and a correction covers what was
 * accepted before it; within one layer the masks do not overlap, for they were merged when they were made. Masks are cut
 * at their labels' thresholds but not cleaned up, so that what engines make of them is not cleaned twice; as long as
 * nothing changes, a frame's masks stay the same objects.
 */
export function drawnMasksOfFrame(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
): readonly VisibleMask[] {
  const found = withoutRegions(labels).flatMap((label) => {
    const at = maskAt(tracks.get(label.objectId), frameIndex);
    return at ? [{ objectId: label.objectId, ...at }] : [];
  });
  const cut = applyThresholds(found, tracks, frameIndex);
  return bottomFirst(withLockedAsDrawn(found, cut, { tracks, labels, frameIndex }));
}

/**
 * All masks of a frame as they are shown, measured and exported, bottom first: locked regions, those of
 * drawnMasksOfFrame after their labels' clean-up rules, then void regions.
 */
export function masksOfFrame(
  tracks: Tracks,
  labels: readonly Label[],
  frameIndex: number,
): readonly VisibleMask[] {
  const before = drawnMasksOfFrame(tracks, labels, frameIndex);
  const cleaned = applyCleanup(before, tracks, frameIndex);
  const drawn = withLockedAsDrawn(before, cleaned, { tracks, labels, frameIndex });
  const regions = labels.flatMap(({ objectId, role }): VisibleMask[] => {
    const mask = isRegionRole(role) ? regionMaskAt(tracks.get(objectId), frameIndex) : null;
    return mask && isRegionRole(role) ? [{ objectId, mask, source: 'prompted', region: role }] : [];
  });
  return regions.length === 0 ? drawn : bottomFirst([...regions, ...drawn]);
}

function bottomFirst(masks: readonly VisibleMask[]): readonly VisibleMask[] {
  return ([-1, 0, 1, 2, 3] as const).flatMap((layer) => masks.filter((entry) => layerOf(entry) === layer));
}
