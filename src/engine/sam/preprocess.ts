/** Turns a picture into the encoder's input. */
import { assert } from '../../core/base/assert';
import { MODEL_SIDE_PX, imageTransformOf } from '../../core/geometry/imageTransform';
import { antialiasedTaps } from '../../core/geometry/resample';
import { resampleRows, RGB_CHANNELS, sumRows } from '../../core/geometry/resampleRgb';
import type { Normalisation } from '../models/modelManifest';

/** RGBA, 8 bit, row-major; alpha is not looked at. */
export type RgbaPicture = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
};

/**
 * Longest side to 1024 (Pillow's bilinear with antialias, as SAM's `ResizeLongestSide.apply_image` does it),
 * normalised, zero-padded right and bottom. Returns float32[3,1024,1024], channel by channel, RGB.
 * Like Pillow, rows are resized first and both passes round to 8 bits.
 */
export function preprocess(picture: RgbaPicture, normalisation: Normalisation): Float32Array<ArrayBuffer> {
  assert(picture.data.length === picture.width * picture.height * 4, 'RGBA has 4 bytes for each pixel');
  const { resized } = imageTransformOf(picture);
  const narrow = resampleRows(picture, antialiasedTaps(picture.width, resized.width), 'bytes');
  const taps = antialiasedTaps(picture.height, resized.height);
  const planeSize = MODEL_SIDE_PX * MODEL_SIDE_PX;
  const tensor = new Float32Array(RGB_CHANNELS * planeSize);
  const sums = new Float32Array(resized.width * RGB_CHANNELS);
  const normalised = normalisationTable(normalisation);
  for (let y = 0; y < resized.height; y += 1) {
    sumRows(narrow, taps, y, sums);
    for (let channel = 0; channel < RGB_CHANNELS; channel += 1) {
      const table = normalised.subarray(channel * 256, (channel + 1) * 256);
      const row = tensor.subarray(channel * planeSize + y * MODEL_SIDE_PX);
      for (let x = 0, at = channel; at < sums.length; x += 1, at += RGB_CHANNELS) {
        row[x] = table[(sums[at]! + 0.5) | 0]!;
      }
    }
  }
  return tensor;
}

/** What each of the 256 values of each channel becomes. */
function normalisationTable({ mean, std }: Normalisation): Float32Array {
  return Float32Array.from({ length: RGB_CHANNELS * 256 }, (_, index) => {
    const channel = index >> 8;
    return ((index & 255) - mean[channel]!) / std[channel]!;
  });
}
