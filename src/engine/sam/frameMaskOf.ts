/** A binary mask as tracks keep it. */
import type { BinaryMask } from '../../core/mask/binaryMask';
import { encodeRle, rleArea, rleBox } from '../../core/mask/rle';
import type { SoftMask } from '../../core/mask/softMask';
import type { FrameMask } from '../../core/track/maskTrack';

/** `soft` holds the probabilities that `mask` was cut from, where they are known. */
export function frameMaskOf(mask: BinaryMask, predictedIou: number | null, soft?: SoftMask): FrameMask {
  const rle = encodeRle(mask);
  const frameMask = { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou };
  return soft ? { ...frameMask, soft } : frameMask;
}

export function emptyFrameMask(width: number, height: number): FrameMask {
  const rle = { size: [height, width] as const, counts: Uint32Array.of(width * height) };
  return { rle, box: null, areaPx: 0, predictedIou: null };
}
