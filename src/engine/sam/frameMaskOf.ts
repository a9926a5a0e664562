/** A binary mask as tracks keep it. */
import type { BinaryMask } from '../../core/mask/binaryMask';
import { encodeRle, rleArea, rleBox } from '../../core/mask/rle';
import type { FrameMask } from '../../core/track/maskTrack';

export function frameMaskOf(mask: BinaryMask, predictedIou: number | null): FrameMask {
  const rle = encodeRle(mask);
  return { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou };
}

export function emptyFrameMask(width: number, height: number): FrameMask {
  const rle = { size: [height, width] as const, counts: Uint32Array.of(width * height) };
  return { rle, box: null, areaPx: 0, predictedIou: null };
}
