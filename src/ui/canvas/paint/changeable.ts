/** Which pixels of a frame painting would change, so that a stroke can be shown before it is committed. */
import type { ObjectId } from '../../../core/base/ids';
import type { PaintedFrame } from '../../../core/edit/paintRegion';
import { isRegionRole } from '../../../core/label/label';
import { forEachSpan, type Rle } from '../../../core/mask/rle';
import { regionMaskAt, regionRle } from '../../../core/track/regions';
import { seenMasks } from '../../../core/track/seenMasks';
import type { PaintPlan } from './paintPlan';

/**
 * Sets `pixels` (row-major, of the masks' size) to 1 where paintRegion would change what is seen if the pixel were
 * painted, else to 0.
 */
export function markChangeable(
  pixels: Uint8Array,
  width: number,
  frame: PaintedFrame,
  plan: PaintPlan,
): void {
  const { tracks, labels, frameIndex } = frame;
  const target = labels.find(({ objectId }) => objectId === plan.objectId);
  pixels.fill(0);
  if (!target) {
    return;
  }
  const isRegion = isRegionRole(target.role);
  const mark = (rle: Rle | null | undefined, value: 0 | 1): void => markRle(pixels, width, rle, value);
  const seen = seenMasks(tracks, labels, frameIndex);
  const ofLabel = (id: ObjectId): Rle | undefined => seen.find(({ objectId }) => objectId === id)?.rle;
  const own = isRegion ? regionMaskAt(tracks.get(plan.objectId), frameIndex)?.rle : ofLabel(plan.objectId);
  if (plan.action === 'remove') {
    (plan.isForAll ? seen.map(({ rle }) => rle) : [own]).forEach((rle) => mark(rle, 1));
  } else if (typeof plan.order === 'object') {
    mark(ofLabel(plan.order.onlyInside), 1);
    mark(own, 0);
  } else {
    pixels.fill(1);
    const spared = plan.order === 'onlyBackground' ? seen.map(({ rle }) => rle) : [];
    [...spared, own].forEach((rle) => mark(rle, 0));
  }
  if (target.role !== 'locked') {
    mark(regionRle(tracks, labels, frameIndex, 'locked'), 0);
  }
  if (!isRegion) {
    mark(regionRle(tracks, labels, frameIndex, 'void'), 0);
  }
}

function markRle(pixels: Uint8Array, width: number, rle: Rle | null | undefined, value: 0 | 1): void {
  if (rle) {
    forEachSpan(rle, (x, y0, y1) => {
      for (let index = y0 * width + x; index < y1 * width; index += width) {
        pixels[index] = value;
      }
    });
  }
}
