/** Label maps: one number for each pixel, overlaps resolved. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import { forEachSpan, type Rle } from './rle';

/** H x W of label numbers, row-major; 0 is background. */
export type LabelMap = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Paints masks into one label map, in order: a later mask covers an earlier one. Numbers are 0..255. */
export function composeLabelMap(size: Size, masks: Iterable<NumberedRle>): LabelMap {
  const { width, height } = size;
  return { width, height, data: paintNumbers(new Uint8Array(width * height), size, masks) };
}

/** A mask, and the number that its pixels get. */
export type NumberedRle = { readonly number: number; readonly rle: Rle };

/** The same into `data`, row-major, as wide as the numbers need it. Returns it. */
export function paintNumbers<T extends Uint8Array | Uint16Array>(
  data: T,
  { width, height }: Size,
  masks: Iterable<NumberedRle>,
): T {
  for (const { number, rle } of masks) {
    assert(rle.size[0] === height && rle.size[1] === width, 'a mask must have the size of its footage');
    forEachSpan(rle, (x, y0, y1) => {
      for (let index = y0 * width + x; index < y1 * width; index += width) {
        data[index] = number;
      }
    });
  }
  return data;
}
