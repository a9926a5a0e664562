/** Turns pictures and masks of the footage into what the network sees: resized, normalised, padded with zeros. */
import type { Size } from '../../core/geometry/box';
import { antialiasedTaps } from '../../core/geometry/resample';
import { resampleRows, RGB_CHANNELS, sumRows } from '../../core/geometry/resampleRgb';
import type { BinaryMask } from '../../core/mask/binaryMask';
import type { RgbaPicture } from '../sam/preprocess';
import { CELL_PX, type WorkGeometry } from './workGeometry';

export type Normalisation = {
  /** Of channels in 0..1, RGB. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
};

/** float32[3, height, width] of the padded size, channel by channel, RGB. Smaller pictures are made with antialias. */
export function imageInput(
  picture: RgbaPicture,
  geometry: WorkGeometry,
  { mean, std }: Normalisation,
): Float32Array<ArrayBuffer> {
  const { work, padded, left, top } = geometry;
  const narrow = resampleRows(picture, antialiasedTaps(picture.width, work.width), 'floats');
  const rows = antialiasedTaps(picture.height, work.height);
  const planeSize = padded.width * padded.height;
  const tensor = new Float32Array(RGB_CHANNELS * planeSize);
  const stride = work.width * RGB_CHANNELS;
  const sums = new Float32Array(stride);
  for (let y = 0; y < work.height; y += 1) {
    sumRows(narrow, rows, y, sums);
    for (let channel = 0; channel < RGB_CHANNELS; channel += 1) {
      const scale = 1 / (255 * std[channel]!);
      const shift = mean[channel]! / std[channel]!;
      let out = channel * planeSize + (y + top) * padded.width + left;
      for (let at = channel; at < stride; at += RGB_CHANNELS) {
        tensor[out++] = sums[at]! * scale - shift;
      }
    }
  }
  return tensor;
}

/**
 * The mask at work size by the nearest pixel, 0 or 1, row-major, without padding. One that lies between those pixels
 * has the pixels that it touches instead: empty would say that the object is not there.
 */
export function maskAtWork(mask: BinaryMask, { work }: WorkGeometry): BinaryMask {
  if (mask.width === work.width && mask.height === work.height) {
    return mask;
  }
  const small = nearestPixels(mask, work);
  return { ...work, data: small.includes(1) ? small : touchedPixels(mask, work) };
}

function nearestPixels({ width, height, data }: BinaryMask, work: Size): Uint8Array<ArrayBuffer> {
  const columns = Int32Array.from({ length: work.width }, (_, x) =>
    Math.floor(((x + 0.5) * width) / work.width),
  );
  const small = new Uint8Array(work.width * work.height);
  for (let y = 0; y < work.height; y += 1) {
    const row = Math.floor(((y + 0.5) * height) / work.height) * width;
    for (let x = 0; x < work.width; x += 1) {
      small[y * work.width + x] = data[row + columns[x]!]!;
    }
  }
  return small;
}

function touchedPixels({ width, height, data }: BinaryMask, work: Size): Uint8Array<ArrayBuffer> {
  const small = new Uint8Array(work.width * work.height);
  for (let pixel = data.indexOf(1); pixel >= 0; pixel = data.indexOf(1, pixel + 1)) {
    const x = Math.floor(((pixel % width) * work.width) / width);
    const y = Math.floor((Math.floor(pixel / width) * work.height) / height);
    small[y * work.width + x] = 1;
  }
  return small;
}

/** A mask of work size in the padded plane. */
export function padMask(
  mask: BinaryMask,
  { work, padded, left, top }: WorkGeometry,
): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(padded.width * padded.height);
  for (let y = 0; y < work.height; y += 1) {
    const row = mask.data.subarray(y * work.width, (y + 1) * work.width);
    plane.set(row, (y + top) * padded.width + left);
  }
  return plane;
}

/** 1 for every cell of the network that has none of the mask's pixels (of the footage's size), 0 for the others. */
export function cellsWithout(mask: BinaryMask, geometry: WorkGeometry): Uint8Array {
  const { work, left, top, columns, rows } = geometry;
  const free = new Uint8Array(columns * rows).fill(1);
  for (let y = 0; y < mask.height; y += 1) {
    const row = Math.floor((Math.floor((y * work.height) / mask.height) + top) / CELL_PX) * columns;
    for (let x = 0; x < mask.width; x += 1) {
      if (mask.data[y * mask.width + x]) {
        free[row + Math.floor((Math.floor((x * work.width) / mask.width) + left) / CELL_PX)] = 0;
      }
    }
  }
  return free;
}
