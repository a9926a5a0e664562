/** Turns a picture into the encoder's input. */
import { assert } from '../../core/base/assert';
import { MODEL_SIDE_PX, imageTransformOf } from '../../core/geometry/imageTransform';
import { antialiasedTaps, type ResampleTaps } from '../../core/geometry/resample';
import type { Normalisation } from '../models/modelManifest';

/** RGBA, 8 bit, row-major; alpha is not looked at. */
export type RgbaPicture = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
};

const CHANNELS = 3;

/**
 * Longest side to 1024 (Pillow's bilinear with antialias, as SAM's `ResizeLongestSide.apply_image` does it),
 * normalised, zero-padded right and bottom. Returns float32[3,1024,1024], channel by channel, RGB.
 * Like Pillow, rows are resized first and both passes round to 8 bits.
 */
export function preprocess(picture: RgbaPicture, normalisation: Normalisation): Float32Array<ArrayBuffer> {
  assert(picture.data.length === picture.width * picture.height * 4, 'RGBA has 4 bytes for each pixel');
  const { resized } = imageTransformOf(picture);
  const narrow = resizeRows(picture, antialiasedTaps(picture.width, resized.width));
  const taps = antialiasedTaps(picture.height, resized.height);
  const planeSize = MODEL_SIDE_PX * MODEL_SIDE_PX;
  const tensor = new Float32Array(CHANNELS * planeSize);
  const sums = new Float32Array(resized.width * CHANNELS);
  const normalised = normalisationTable(normalisation);
  for (let y = 0; y < resized.height; y += 1) {
    sumRows(narrow, taps, y, sums);
    for (let channel = 0; channel < CHANNELS; channel += 1) {
      const table = normalised.subarray(channel * 256, (channel + 1) * 256);
      const row = tensor.subarray(channel * planeSize + y * MODEL_SIDE_PX);
      for (let x = 0, at = channel; at < sums.length; x += 1, at += CHANNELS) {
        row[x] = table[(sums[at]! + 0.5) | 0]!;
      }
    }
  }
  return tensor;
}

/** What each of the 256 values of each channel becomes. */
function normalisationTable({ mean, std }: Normalisation): Float32Array {
  return Float32Array.from({ length: CHANNELS * 256 }, (_, index) => {
    const channel = index >> 8;
    return ((index & 255) - mean[channel]!) / std[channel]!;
  });
}

/** Horizontal pass: RGBA -> RGB of the new width, 8 bit. */
function resizeRows(picture: RgbaPicture, resample: ResampleTaps): Uint8Array {
  const { taps, start, count } = resample;
  const weights = Float32Array.from(resample.weights);
  const outWidth = start.length;
  const narrow = new Uint8Array(outWidth * picture.height * CHANNELS);
  let out = 0;
  for (let y = 0; y < picture.height; y += 1) {
    const row = picture.data.subarray(y * picture.width * 4, (y + 1) * picture.width * 4);
    for (let x = 0; x < outWidth; x += 1) {
      let red = 0.5;
      let green = 0.5;
      let blue = 0.5;
      let at = start[x]! * 4;
      const firstWeight = x * taps;
      const end = firstWeight + count[x]!;
      for (let tap = firstWeight; tap < end; tap += 1, at += 4) {
        const weight = weights[tap]!;
        red += weight * row[at]!;
        green += weight * row[at + 1]!;
        blue += weight * row[at + 2]!;
      }
      narrow[out] = red;
      narrow[out + 1] = green;
      narrow[out + 2] = blue;
      out += CHANNELS;
    }
  }
  return narrow;
}

/** Vertical pass for one output row: weighted sums of whole rows, which the CPU reads in order. */
function sumRows(narrow: Uint8Array, resample: ResampleTaps, y: number, sums: Float32Array): void {
  sums.fill(0);
  for (let tap = 0; tap < resample.count[y]!; tap += 1) {
    const weight = resample.weights[y * resample.taps + tap]!;
    const offset = (resample.start[y]! + tap) * sums.length;
    for (let x = 0; x < sums.length; x += 1) {
      sums[x] = sums[x]! + weight * narrow[offset + x]!;
    }
  }
}
