/** How large a label is at least and at most, from its probabilities. */
import type { Size } from '../geometry/box';
import { bilinearTaps } from '../geometry/resample';
import { decodeSoftMask, type SoftMask } from '../mask/softMask';
import { blendRows, logitOf } from '../mask/softThreshold';

/** A pixel that is likelier than this is surely the label's; one that is not likelier than the other surely not. */
export const SURE_PROBABILITY = 0.7;
export const POSSIBLE_PROBABILITY = 0.3;

export type SoftLabel = {
  /** Its number in the owner map. */
  readonly owner: number;
  /** Its pixels in the owner map. */
  readonly areaPx: number;
  readonly soft: SoftMask;
  /** Owners whose pixels it can never have: regions that are not measured, and masks that the user made over it. */
  readonly barred: ReadonlySet<number>;
};

export type SoftBounds = {
  /** In the order of the labels. */
  readonly lowerPx: readonly number[];
  readonly upperPx: readonly number[];
  /** Pixels that both of two labels may have (or surely have, seen alone): `[i][j]` with i < j. */
  readonly bothUpperPx: readonly (readonly number[])[];
  readonly bothLowerPx: readonly (readonly number[])[];
};

/** At most so many labels have a bit each. */
const MAX_LABELS = 15;

/**
 * `owners` is the row-major owner map of a picture of `size`. The least is the label's own pixels above 0.7, the most its
 * own and every other above 0.3 that it is not barred from: the outlines that the label has at those thresholds. Of two
 * labels: pixels above 0.3 (0.7) in both. Labels beyond the 15th have no common bounds.
 */
export function softBounds(
  owners: Uint8Array,
  size: Size,
  labels: readonly SoftLabel[],
  { withPairs }: { readonly withPairs: boolean },
): SoftBounds {
  const bits = withPairs && labels.length > 1 ? new Uint32Array(owners.length) : null;
  const lowerPx: number[] = [];
  const upperPx: number[] = [];
  labels.forEach((label, index) => {
    const counted = countLabel(owners, size, label, index < MAX_LABELS ? bits : null, index);
    lowerPx.push(counted.lower);
    upperPx.push(counted.upper);
  });
  return { lowerPx, upperPx, ...countBoth(bits, labels.length) };
}

function countLabel(
  owners: Uint8Array,
  { width, height }: Size,
  { owner, areaPx, soft, barred }: SoftLabel,
  bits: Uint32Array | null,
  index: number,
): { lower: number; upper: number } {
  const sure = logitOf(SURE_PROBABILITY);
  const possible = logitOf(POSSIBLE_PROBABILITY);
  const isBarred = Uint8Array.from({ length: 256 }, (_, other) => (barred.has(other) ? 1 : 0));
  let lower = 0;
  let upper = areaPx;
  forEachLikelyRun(soft, { width, height }, possible, (y, x0, x1, logits) => {
    for (let x = x0; x < x1; x += 1) {
      const logit = logits[x]!;
      const at = y * width + x;
      const other = owners[at]!;
      if (logit > possible && isBarred[other] === 0) {
        const isSure = logit > sure;
        if (other === owner) {
          lower += isSure ? 1 : 0;
        } else {
          upper += 1;
        }
        if (bits) {
          bits[at]! |= (isSure ? 0x10001 : 1) << index;
        }
      }
    }
  });
  return { lower, upper };
}

/**
 * As forEachSoftRow, but only for the parts of rows in which a logit above `limit` can be: those between two values of
 * the grid of which one is. Most of a picture is far from most labels.
 */
function forEachLikelyRun(
  soft: SoftMask,
  size: Size,
  limit: number,
  useRun: (y: number, x0: number, x1: number, logits: Float32Array) => void,
): void {
  const grid = decodeSoftMask(soft);
  const columns = bilinearTaps(soft.width, size.width);
  const rows = bilinearTaps(soft.height, size.height);
  const rightShare = Float32Array.from(columns.start, (_, x) =>
    columns.count[x] === 2 ? columns.weights[2 * x + 1]! : 0,
  );
  const firstX = firstColumns(columns.start, soft.width);
  const between = new Float32Array(soft.width + 1);
  const row = new Float32Array(size.width);
  for (let y = 0; y < size.height; y += 1) {
    blendRows(grid, rows, y, soft.width, between);
    // Beyond the last value the last one holds.
    between[soft.width] = between[soft.width - 1]!;
    for (let cell = 0; cell < soft.width; cell += 1) {
      const left = between[cell]!;
      const right = between[cell + 1]!;
      if (left > limit || right > limit) {
        const x0 = firstX[cell]!;
        const x1 = firstX[cell + 1]!;
        for (let x = x0; x < x1; x += 1) {
          row[x] = left + rightShare[x]! * (right - left);
        }
        useRun(y, x0, x1, row);
      }
    }
  }
}

/** For each column of the grid the first pixel that is interpolated from it and the next one; and the width at the end. */
function firstColumns(start: Int32Array, gridWidth: number): Int32Array {
  const first = new Int32Array(gridWidth + 1).fill(start.length);
  for (let x = start.length - 1; x >= 0; x -= 1) {
    first[start[x]!] = x;
  }
  for (let cell = gridWidth - 1; cell >= 0; cell -= 1) {
    first[cell] = Math.min(first[cell]!, first[cell + 1]!);
  }
  return first;
}

/** Lower halves of the bits say "possible", upper halves "sure". */
function countBoth(
  bits: Uint32Array | null,
  labelCount: number,
): { bothUpperPx: number[][]; bothLowerPx: number[][] } {
  const bothUpperPx = pairTable(labelCount);
  const bothLowerPx = pairTable(labelCount);
  const length = bits?.length ?? 0;
  // Not for-of: this is every pixel of the picture.
  for (let pixel = 0; pixel < length; pixel += 1) {
    const both = bits![pixel]!;
    const possible = both & 0x7fff;
    if ((possible & (possible - 1)) !== 0) {
      countPairs(bothUpperPx, possible);
      countPairs(bothLowerPx, (both >>> 16) & 0x7fff);
    }
  }
  return { bothUpperPx, bothLowerPx };
}

function pairTable(labelCount: number): number[][] {
  return Array.from({ length: labelCount }, (_, i) =>
    Array.from({ length: labelCount }, (_unused, j) => (Math.max(i, j) < MAX_LABELS ? 0 : Number.NaN)),
  );
}

function countPairs(counts: number[][], set: number): void {
  for (let i = 0; set >> i !== 0; i += 1) {
    for (let j = i + 1; set >> j !== 0; j += 1) {
      counts[i]![j]! += (set >> i) & (set >> j) & 1;
    }
  }
}
