/** Makes soft masks of source-size logits: each label's margin over the others, on the coarse grid. */
import { assert } from '../base/assert';
import { bilinearTaps, type ResampleTaps } from '../geometry/resample';
import type { BinaryMask } from './binaryMask';
import type { MaskLogits } from './logits';
import { encodeSoftMask, SOFT_LOGIT_LIMIT, softGridOf, type SoftMask } from './softMask';

/** Far beyond what a soft mask keeps; bounds the infinite logits of confined labels, which cannot be interpolated. */
const FAR_LOGIT = 4 * SOFT_LOGIT_LIMIT;
/** No label wins against this. */
const TAKEN_LOGIT = 2 * FAR_LOGIT;
const LEAST_MARGIN = 1e-6;

/**
 * One label alone: each grid cell gets the mean of the clamped logits under it (whole pixels and parts of pixels, by
 * area), so that a thin thing leaves its share.
 */
export function softFromLogits(logits: MaskLogits): SoftMask {
  const { width, height, data } = logits;
  const grid = softGridOf(logits);
  const columns = areaTaps(width, grid.width);
  const rows = areaTaps(height, grid.height);
  const means = new Float32Array(grid.width * grid.height);
  const low = new Float32Array(width);
  for (let y = 0; y < grid.height; y += 1) {
    low.fill(0);
    for (let tap = 0; tap < rows.count[y]!; tap += 1) {
      addClampedRow(low, data, (rows.start[y]! + tap) * width, rows.weights[y * rows.taps + tap]!);
    }
    for (let x = 0; x < grid.width; x += 1) {
      const first = columns.start[x]!;
      let sum = 0;
      for (let tap = 0; tap < columns.count[x]!; tap += 1) {
        sum += columns.weights[x * columns.taps + tap]! * low[first + tap]!;
      }
      means[y * grid.width + x] = sum;
    }
  }
  return encodeSoftMask(means, grid.width, grid.height);
}

function addClampedRow(sums: Float32Array, data: Float32Array, from: number, weight: number): void {
  const limit = SOFT_LOGIT_LIMIT;
  for (let x = 0; x < sums.length; x += 1) {
    const logit = data[from + x]!;
    // Comparisons in this order also turn NaN into the lowest.
    const raised = logit > -limit ? logit : -limit;
    sums[x]! += weight * (raised < limit ? raised : limit);
  }
}

/**
 * One soft mask for each label of a frame, in order, that agrees with mergeLogits: what is kept is the margin
 * `logit - max(0, the best other logit)`, the log-odds of the label against its strongest rival (background has logit
 * 0) as in multinomial logistic regression with two classes left (Bishop, PRML, 4.3.4). `taken` are masks that win
 * over every label. Logits are read at the cells' centres: SAM's are smoother than the grid.
 */
export function softMasksOf(labels: readonly MaskLogits[], taken: readonly BinaryMask[] = []): SoftMask[] {
  const [first] = labels;
  if (!first) {
    return [];
  }
  assert(labels.length <= 255, 'at most 255 labels');
  const grid = softGridOf(first);
  const sample = centreSampler(first.width, first.height);
  const sampled = labels.map(({ width, height, data }) => {
    assert(width === first.width && height === first.height, 'all logits of a frame have one size');
    return sample(data);
  });
  const best = new Float32Array(grid.width * grid.height);
  const second = new Float32Array(best.length);
  const winners = new Uint8Array(best.length);
  for (const mask of taken) {
    sample(mask.data).forEach((share, cell) => {
      best[cell] = share >= 0.5 ? TAKEN_LOGIT : best[cell]!;
    });
  }
  sampled.forEach((logits, index) => {
    for (let cell = 0; cell < best.length; cell += 1) {
      const logit = logits[cell]!;
      if (logit > best[cell]!) {
        second[cell] = best[cell]!;
        best[cell] = logit;
        winners[cell] = index + 1;
      } else if (logit > second[cell]!) {
        second[cell] = logit;
      }
    }
  });
  return sampled.map((logits, index) => {
    for (let cell = 0; cell < best.length; cell += 1) {
      const logit = logits[cell]!;
      // The winner of a tie has no margin, and yet has the pixel.
      logits[cell] =
        winners[cell] === index + 1 ? Math.max(logit - second[cell]!, LEAST_MARGIN) : logit - best[cell]!;
    }
    return encodeSoftMask(logits, grid.width, grid.height);
  });
}

/** Values of a picture at the centres of its soft grid's cells, bilinear, bounded by FAR_LOGIT. */
function centreSampler(
  width: number,
  height: number,
): (data: Float32Array | Uint8Array) => Float32Array<ArrayBuffer> {
  const grid = softGridOf({ width, height });
  const columns = bilinearTaps(width, grid.width);
  const rows = bilinearTaps(height, grid.height);
  const right = Int32Array.from(columns.start, (start, x) => start + columns.count[x]! - 1);
  const rightShare = Float32Array.from(columns.start, (_, x) =>
    columns.count[x] === 2 ? columns.weights[2 * x + 1]! : 0,
  );
  return (data) => {
    const values = new Float32Array(grid.width * grid.height);
    for (let y = 0; y < grid.height; y += 1) {
      const above = rows.start[y]! * width;
      const below = (rows.start[y]! + rows.count[y]! - 1) * width;
      const belowShare = rows.count[y] === 2 ? rows.weights[2 * y + 1]! : 0;
      for (let x = 0; x < grid.width; x += 1) {
        const x0 = columns.start[x]!;
        const x1 = right[x]!;
        const share = rightShare[x]!;
        const top = bounded(data[above + x0]!) * (1 - share) + bounded(data[above + x1]!) * share;
        const bottom = bounded(data[below + x0]!) * (1 - share) + bounded(data[below + x1]!) * share;
        values[y * grid.width + x] = top + belowShare * (bottom - top);
      }
    }
    return values;
  };
}

function bounded(value: number): number {
  if (value < FAR_LOGIT) {
    return value > -FAR_LOGIT ? value : -FAR_LOGIT;
  }
  return value >= FAR_LOGIT ? FAR_LOGIT : -FAR_LOGIT;
}

/** The sources under each output sample, weighted by the part of them that it covers. */
function areaTaps(inputSize: number, outputSize: number): ResampleTaps {
  const scale = inputSize / outputSize;
  const taps = Math.ceil(scale) + 1;
  const start = new Int32Array(outputSize);
  const count = new Int32Array(outputSize);
  const weights = new Float64Array(outputSize * taps);
  for (let i = 0; i < outputSize; i += 1) {
    const from = i * scale;
    const to = Math.min(inputSize, (i + 1) * scale);
    start[i] = Math.min(inputSize - 1, Math.floor(from));
    count[i] = Math.max(1, Math.min(taps, Math.ceil(to) - start[i]!));
    for (let tap = 0; tap < count[i]!; tap += 1) {
      const at = start[i]! + tap;
      const covered = Math.min(to, at + 1) - Math.max(from, at);
      weights[i * taps + tap] = Math.max(0, covered) / (to - from);
    }
  }
  return { taps, start, count, weights };
}
