/** Resizes a plane of numbers, both axes one after the other. */
import { assert } from '../base/assert';
import type { Size } from './box';
import { antialiasedTaps, bilinearTaps, type ResampleTaps } from './resample';

/**
 * `plain`: `F.interpolate(mode="bilinear", align_corners=False)`. `antialiased`: the same with `antialias=True`; unlike
 * Pillow it rounds nothing.
 */
export type PlaneFilter = 'plain' | 'antialiased';

/** `data` is row-major, `from.width * from.height`; returns `to.width * to.height` numbers. */
export function resamplePlane(
  data: Float32Array | Uint8Array,
  from: Size,
  to: Size,
  filter: PlaneFilter,
): Float32Array<ArrayBuffer> {
  assert(data.length === from.width * from.height, 'a plane has width * height numbers');
  const tapsOf = filter === 'plain' ? bilinearTaps : antialiasedTaps;
  const wide = resampleRows(data, from, tapsOf(from.width, to.width));
  return resampleColumns(wide, to, tapsOf(from.height, to.height));
}

function resampleRows(
  data: Float32Array | Uint8Array,
  { width, height }: Size,
  { taps, start, count, weights }: ResampleTaps,
): Float32Array<ArrayBuffer> {
  const outWidth = start.length;
  const out = new Float32Array(outWidth * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < outWidth; x += 1) {
      const from = y * width + start[x]!;
      let sum = 0;
      for (let tap = 0; tap < count[x]!; tap += 1) {
        sum += weights[x * taps + tap]! * data[from + tap]!;
      }
      out[y * outWidth + x] = sum;
    }
  }
  return out;
}

/** Whole rows at a time, which the CPU reads in order. */
function resampleColumns(
  rows: Float32Array,
  { width, height }: Size,
  { taps, start, count, weights }: ResampleTaps,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = out.subarray(y * width, (y + 1) * width);
    for (let tap = 0; tap < count[y]!; tap += 1) {
      const weight = weights[y * taps + tap]!;
      const from = (start[y]! + tap) * width;
      for (let x = 0; x < width; x += 1) {
        row[x] = row[x]! + weight * rows[from + x]!;
      }
    }
  }
  return out;
}
