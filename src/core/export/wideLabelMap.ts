/** Label maps for any number of labels. */
import type { Size } from '../geometry/box';
import { paintNumbers, type NumberedRle } from '../mask/labelMap';

/** H x W of label numbers, row-major; 0 is background. 16 bits only where a number needs them. */
export type NumberMap = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
};

/** Paints masks into one label map, in order: a later mask covers an earlier one. */
export function composeNumberMap(size: Size, masks: Iterable<NumberedRle>, isWide: boolean): NumberMap {
  const { width, height } = size;
  const count = width * height;
  const data = isWide
    ? paintNumbers(new Uint16Array(count), size, masks)
    : paintNumbers(new Uint8Array(count), size, masks);
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
