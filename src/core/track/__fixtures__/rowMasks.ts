/** Masks of pictures of one row, drawn by characters. */
import { encodeRle, type Rle } from '../../mask/rle';
import { withRle } from '../maskAtThreshold';
import type { FrameMask } from '../maskTrack';

/** `..##.`: a `#` for each pixel of the mask. */
export function row(pixels: string): Rle {
  const data = Uint8Array.from(pixels, (pixel) => (pixel === '#' ? 1 : 0));
  return encodeRle({ width: data.length, height: 1, data });
}

export function rowMask(pixels: string, extra: Partial<FrameMask> = {}): FrameMask {
  const rle = row(pixels);
  return withRle({ rle, box: null, areaPx: 0, predictedIou: null, ...extra }, rle);
}

/** What marks a mask as painted by the user. */
export const painted = { isAccepted: true, edit: 'painted' } as const;
