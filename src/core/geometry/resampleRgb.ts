/** Resizes RGBA pictures to RGB: rows first, then columns. */
import type { Size } from './box';
import type { ResampleTaps } from './resample';

export const RGB_CHANNELS = 3;

/** RGB of the new width and the picture's height, interleaved. In bytes they are rounded, as Pillow does it. */
export type NarrowRgb = Uint8Array | Float32Array;

/** Horizontal pass. `data` is RGBA, 8 bit, row-major; alpha is not looked at. */
export function resampleRows(
  { width, height, data }: Size & { readonly data: Uint8ClampedArray },
  resample: ResampleTaps,
  numbers: 'bytes' | 'floats',
): NarrowRgb {
  const { taps, start, count } = resample;
  const weights = Float32Array.from(resample.weights);
  const outWidth = start.length;
  const length = outWidth * height * RGB_CHANNELS;
  const narrow = numbers === 'bytes' ? new Uint8Array(length) : new Float32Array(length);
  // Writing into bytes cuts off what is behind the point.
  const bias = numbers === 'bytes' ? 0.5 : 0;
  let out = 0;
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width * 4, (y + 1) * width * 4);
    for (let x = 0; x < outWidth; x += 1) {
      let red = bias;
      let green = bias;
      let blue = bias;
      let at = start[x]! * 4;
      const end = x * taps + count[x]!;
      for (let tap = x * taps; tap < end; tap += 1, at += 4) {
        const weight = weights[tap]!;
        red += weight * row[at]!;
        green += weight * row[at + 1]!;
        blue += weight * row[at + 2]!;
      }
      narrow[out] = red;
      narrow[out + 1] = green;
      narrow[out + 2] = blue;
      out += RGB_CHANNELS;
    }
  }
  return narrow;
}

/** Vertical pass for one output row: weighted sums of whole rows, which the CPU reads in order, written to `sums`. */
export function sumRows(narrow: NarrowRgb, resample: ResampleTaps, y: number, sums: Float32Array): void {
  sums.fill(0);
  for (let tap = 0; tap < resample.count[y]!; tap += 1) {
    const weight = resample.weights[y * resample.taps + tap]!;
    const offset = (resample.start[y]! + tap) * sums.length;
    for (let x = 0; x < sums.length; x += 1) {
      sums[x] = sums[x]! + weight * narrow[offset + x]!;
    }
  }
}
