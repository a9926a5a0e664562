/** Mask logits at source resolution, made from the decoder's 256x256 ones. */
import { assert } from '../base/assert';
import { LOW_RES_SIDE_PX, MODEL_SIDE_PX, type ImageTransform } from '../geometry/imageTransform';
import { bilinearTaps, composeTaps, type ResampleTaps } from '../geometry/resample';
import type { BinaryMask } from './binaryMask';

/** A logit above this is foreground. */
export const MASK_THRESHOLD = 0;

/** H x W float logits, row-major, unthresholded. */
export type MaskLogits = {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array<ArrayBuffer>;
};

/**
 * SAM's `postprocess_masks`: bilinear 256x256 -> 1024x1024, crop to the resized picture, bilinear to the source size.
 * Both steps are linear and separable, so each axis is done once with the product of its two weight matrices
 * (at most 3 low-res samples for each output sample); the 1024x1024 picture is never made.
 * `lowRes` is float32[256*256], row-major.
 */
export function upscaleLowResLogits(lowRes: Float32Array, transform: ImageTransform): MaskLogits {
  assert(lowRes.length === LOW_RES_SIDE_PX ** 2, 'low-res logits are 256x256');
  const { width, height } = transform.source;
  const columns = axisTaps(transform.resized.width, width);
  const rows = axisTaps(transform.resized.height, height);
  const usedRows = (rows.start[height - 1] ?? 0) + (rows.count[height - 1] ?? 0);
  const wide = stretchRows(lowRes, usedRows, columns);
  const data = new Float32Array(width * height);
  const { taps, start, count, weights } = rows;
  for (let y = 0; y < height; y += 1) {
    const first = (start[y] ?? 0) * width;
    // A missing tap repeats the first row with weight 0, which keeps the inner loop free of branches.
    const second = (count[y] ?? 0) > 1 ? first + width : first;
    const third = (count[y] ?? 0) > 2 ? first + 2 * width : first;
    const w0 = weights[y * taps] ?? 0;
    const w1 = (count[y] ?? 0) > 1 ? (weights[y * taps + 1] ?? 0) : 0;
    const w2 = (count[y] ?? 0) > 2 ? (weights[y * taps + 2] ?? 0) : 0;
    const out = y * width;
    for (let x = 0; x < width; x += 1) {
      data[out + x] = w0 * wide[first + x]! + w1 * wide[second + x]! + w2 * wide[third + x]!;
    }
  }
  return { width, height, data };
}

/** 256 -> 1024 -> crop to `resized` -> `source`, as one set of taps. */
function axisTaps(resized: number, source: number): ResampleTaps {
  return composeTaps(bilinearTaps(LOW_RES_SIDE_PX, MODEL_SIDE_PX), bilinearTaps(resized, source));
}

function stretchRows(lowRes: Float32Array, rowCount: number, columns: ResampleTaps): Float32Array {
  const { taps, start, count, weights } = columns;
  const width = start.length;
  const wide = new Float32Array(rowCount * width);
  for (let x = 0; x < width; x += 1) {
    const first = start[x] ?? 0;
    const n = count[x] ?? 0;
    for (let y = 0; y < rowCount; y += 1) {
      const at = y * LOW_RES_SIDE_PX + first;
      let sum = 0;
      for (let tap = 0; tap < n; tap += 1) {
        sum += weights[x * taps + tap]! * lowRes[at + tap]!;
      }
      wide[y * width + x] = sum;
    }
  }
  return wide;
}

/** Foreground where the logit is above the threshold. */
export function thresholdLogits(logits: MaskLogits): BinaryMask {
  const { width, height, data } = logits;
  const mask = new Uint8Array(data.length);
  for (let index = 0; index < data.length; index += 1) {
    mask[index] = data[index]! > MASK_THRESHOLD ? 1 : 0;
  }
  return { width, height, data: mask };
}
