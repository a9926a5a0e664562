/** Which pixels of a frame are not measured: those outside the region, void ones and locked ones. */
import { unionRle } from '../compare/maskDifference';
import { polygonMask } from '../edit/polygonMask';
import type { Point, Size } from '../geometry/box';
import type { Label } from '../label/label';
import { encodeRle, type Rle } from '../mask/rle';
import type { Tracks } from '../track/maskTrack';
import { regionRle } from '../track/regions';
import type { Calibration, MeasuredRegion } from './calibration';

/** Pixels of a picture whose centres lie outside the region; null when there are none. */
export function outsideRegion(region: MeasuredRegion | null, size: Size): Rle | null {
  if (!region) {
    return null;
  }
  const mask = { width: size.width, height: size.height, data: new Uint8Array(size.width * size.height) };
  polygonMask(mask, region.kind === 'polygon' ? region.points : cornersOf(region.box));
  const outside = mask.data.map((value) => 1 - value);
  return outside.includes(1) ? encodeRle({ ...mask, data: outside }) : null;
}

function cornersOf([x0, y0, x1, y1]: readonly [number, number, number, number]): Point[] {
  return [
    { x: x0, y: y0 },
    { x: x1, y: y0 },
    { x: x1, y: y1 },
    { x: x0, y: y1 },
  ];
}

/** What is not measured on a frame; `outside` is what outsideRegion gives, the same for all frames. Null for nothing. */
export function excludedPixels(
  { tracks, labels }: { readonly tracks: Tracks; readonly labels: readonly Label[] },
  frameIndex: number,
  { outside, isLockedExcluded }: { readonly outside: Rle | null } & Pick<Calibration, 'isLockedExcluded'>,
): Rle | null {
  const parts = [
    outside,
    regionRle(tracks, labels, frameIndex, 'void'),
    isLockedExcluded ? regionRle(tracks, labels, frameIndex, 'locked') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.reduce(unionRle);
}
