/** Label maps for any number of labels. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import { forEachSpan, type Rle } from '../mask/rle';

/** H x W of label numbers, row-major; 0 is background. 16 bits only where a number needs them. */
export type NumberMap = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
};

/** Paints masks into one label map, in order: a later mask covers an earlier one. */
export function composeNumberMap(
  { width, height }: Size,
  masks: Iterable<{ readonly number: number; readonly rle: Rle }>,
  isWide: boolean,
): NumberMap {
  const data = isWide ? new Uint16Array(width * height) : new Uint8Array(width * height);
  for (const { number, rle } of masks) {
    assert(rle.size[0] === height && rle.size[1] === width, 'a mask must have the size of its footage');
    forEachSpan(rle, (x, y0, y1) => {
      for (let index = y0 * width + x; index < y1 * width; index += width) {
        data[index] = number;
      }
    });
  }
  return { width, height, data };
}

/** `value` where the map holds `number`, else 0. */
export function pixelsOf({ data }: NumberMap, number: number, value = 1): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index += 1) {
    pixels[index] = data[index] === number ? value : 0;
  }
  return pixels;
}
