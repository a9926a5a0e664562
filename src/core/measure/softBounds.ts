/** How large a label is at least and at most, from its probabilities. */
import type { Size } from '../geometry/box';
import type { SoftMask } from '../mask/softMask';
import { forEachSoftRow, logitOf } from '../mask/softThreshold';

/** A pixel that is likelier than this is surely the label's; one that is not likelier than the other surely not. */
export const SURE_PROBABILITY = 0.7;
export const POSSIBLE_PROBABILITY = 0.3;

export type SoftLabel = {
  /** Its number in the owner map. */
  readonly owner: number;
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
export function softBounds(owners: Uint8Array, size: Size, labels: readonly SoftLabel[]): SoftBounds {
  const bits = labels.length > 1 ? new Uint32Array(owners.length) : null;
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
  { owner, soft, barred }: SoftLabel,
  bits: Uint32Array | null,
  index: number,
): { lower: number; upper: number } {
  const sure = logitOf(SURE_PROBABILITY);
  const possible = logitOf(POSSIBLE_PROBABILITY);
  const isBarred = Uint8Array.from({ length: 256 }, (_, other) => (barred.has(other) ? 1 : 0));
  let lower = 0;
  let upper = 0;
  forEachSoftRow(soft, { width, height }, (y, logits) => {
    const from = y * width;
    for (let x = 0; x < width; x += 1) {
      const other = owners[from + x]!;
      const logit = logits[x]!;
      const isOwn = other === owner;
      if (isOwn) {
        upper += 1;
        lower += logit > sure ? 1 : 0;
      }
      if (logit > possible && isBarred[other] === 0) {
        upper += isOwn ? 0 : 1;
        if (bits) {
          bits[from + x]! |= (logit > sure ? 0x10001 : 1) << index;
        }
      }
    }
  });
  return { lower, upper };
}

/** Lower halves of the bits say "possible", upper halves "sure". */
function countBoth(
  bits: Uint32Array | null,
  labelCount: number,
): { bothUpperPx: number[][]; bothLowerPx: number[][] } {
  const bothUpperPx = pairTable(labelCount);
  const bothLowerPx = pairTable(labelCount);
  for (const both of bits ?? []) {
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
