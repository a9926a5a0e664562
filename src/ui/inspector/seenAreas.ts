/** How many pixels each mask of a frame has as it is seen: what was prompted covers what was propagated. */
import type { ObjectId } from '../../core/base/ids';
import type { Label } from '../../core/label/label';
import { rleArea } from '../../core/mask/rle';
import type { Tracks } from '../../core/track/maskTrack';
import { shownMasks } from '../../core/track/seenMasks';
import { layerOf, masksOfFrame, type VisibleMask } from '../../core/track/visibleMasks';

export type SeenAreas = ReadonlyMap<ObjectId, number>;

let last: { readonly masks: readonly VisibleMask[]; readonly areas: SeenAreas } | null = null;

function isSame(a: readonly VisibleMask[], b: readonly VisibleMask[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ mask, source }, place) => mask === b[place]?.mask && source === b[place].source)
  );
}

/**
 * Areas in pixels of the masks that count on a frame. Masks are taken from one another only where several layers occur,
 * since masks of one layer do not overlap; void pixels belong to no label; the last answer is kept for as long as its masks stay.
 */
export function seenAreas(tracks: Tracks, labels: readonly Label[], frameIndex: number): SeenAreas {
  const masks = masksOfFrame(tracks, labels, frameIndex).filter(({ region }) => region !== 'locked');
  if (new Set(masks.map(layerOf)).size < 2) {
    return new Map(masks.map(({ objectId, mask }) => [objectId, mask.areaPx]));
  }
  if (!last || !isSame(last.masks, masks)) {
    const seen = shownMasks(tracks, labels, frameIndex);
    last = { masks, areas: new Map(seen.map(({ objectId, rle }) => [objectId, rleArea(rle)])) };
  }
  return last.areas;
}
