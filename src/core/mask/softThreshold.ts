/** Binary masks and areas of a soft mask at any probability, at source resolution. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import { bilinearTaps, type ResampleTaps } from '../geometry/resample';
import type { BinaryMask } from './binaryMask';
import { decodeSoftMask, type SoftMask } from './softMask';

/** The logit of a probability, 0 < p < 1. */
export function logitOf(probability: number): number {
  assert(probability > 0 && probability < 1, `a probability lies between 0 and 1, got ${probability}`);
  return Math.log(probability / (1 - probability));
}

/**
 * Calls `useRow(y, logits)` for each row of a picture of `size`, bilinear at half-pixel centres (`F.interpolate` with
 * `align_corners=False`). The row is the same array every time. Memory stays at one row.
 */
export function forEachSoftRow(
  soft: SoftMask,
  size: Size,
  useRow: (y: number, logits: Float32Array) => void,
): void {
  const grid = decodeSoftMask(soft);
  const columns = bilinearTaps(soft.width, size.width);
  const rows = bilinearTaps(soft.height, size.height);
  const right = Int32Array.from(columns.start, (start, x) => start + columns.count[x]! - 1);
  const rightShare = Float32Array.from(columns.start, (_, x) => columns.weights[2 * x + 1]!);
  const between = new Float32Array(soft.width);
  const row = new Float32Array(size.width);
  for (let y = 0; y < size.height; y += 1) {
    blendRows(grid, rows, y, soft.width, between);
    for (let x = 0; x < size.width; x += 1) {
      const left = between[columns.start[x]!]!;
      row[x] = left + rightShare[x]! * (between[right[x]!]! - left);
    }
    useRow(y, row);
  }
}

/** What the grid says at the height of picture row `y`, at its own columns: the first `width` values of `between`. */
export function blendRows(
  grid: Float32Array,
  rows: ResampleTaps,
  y: number,
  width: number,
  between: Float32Array,
): void {
  const above = rows.start[y]! * width;
  const below = above + (rows.count[y]! - 1) * width;
  const share = rows.count[y] === 2 ? rows.weights[2 * y + 1]! : 0;
  for (let x = 0; x < width; x += 1) {
    const top = grid[above + x]!;
    between[x] = top + share * (grid[below + x]! - top);
  }
}

/** Foreground where the probability is above `probability`. */
export function thresholdSoft(soft: SoftMask, size: Size, probability: number): BinaryMask {
  const limit = logitOf(probability);
  const data = new Uint8Array(size.width * size.height);
  forEachSoftRow(soft, size, (y, logits) => {
    const from = y * size.width;
    for (let x = 0; x < logits.length; x += 1) {
      data[from + x] = logits[x]! > limit ? 1 : 0;
    }
  });
  return { width: size.width, height: size.height, data };
}

/** Pixels of a picture of `size` above each probability, in their order. */
export function softAreaPx(soft: SoftMask, size: Size, probabilities: readonly number[]): number[] {
  const limits = probabilities.map(logitOf);
  const areas = limits.map(() => 0);
  forEachSoftRow(soft, size, (_, logits) => {
    limits.forEach((limit, index) => {
      let count = 0;
      for (let x = 0; x < logits.length; x += 1) {
        count += logits[x]! > limit ? 1 : 0;
      }
      areas[index]! += count;
    });
  });
  return areas;
}
