/** Which pixels of each frame nothing is learned from, at the size that the engine works at. */
import type { Size } from '../../../core/geometry/box';
import { decodeRle, type Rle } from '../../../core/mask/rle';
import { ignoredOn, type PropagationRequest } from '../../../core/segment/segmentation';
import { ignoredAtWork } from './softLabels';

/** Decodes each entry once. */
export function ignoredReader(
  { ignored }: PropagationRequest,
  work: Size,
): (frameIndex: number) => Uint8Array | undefined {
  const decoded = new Map<Rle, Uint8Array>();
  return (frameIndex) => {
    const rle = ignoredOn(ignored, frameIndex);
    if (!rle) {
      return undefined;
    }
    const pixels = decoded.get(rle) ?? ignoredAtWork(decodeRle(rle), work);
    decoded.set(rle, pixels);
    return pixels;
  };
}
