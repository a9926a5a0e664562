/** What the two compared sets have on the frame on show: their masks, and what only one has. */
import type { ObjectId } from '../../core/base/ids';
import { frameToScore } from '../../core/compare/comparisonFrames';
import { intersectRle, minusRle, unionRle } from '../../core/compare/maskDifference';
import { maskSetFrame, type SetFrame } from '../../core/compare/maskSet';
import { countPair, regionSimilarityOf, type MaskPair, type PairCounts } from '../../core/compare/pairScore';
import { summedCounts } from '../../core/compare/comparisonTable';
import type { Rle } from '../../core/mask/rle';
import { comparedSets, type ComparedSets } from '../../state/maskSets';
import type { MaskflowState } from '../../state/maskflowState';
import type { CompareSide } from '../../state/slices/compareState';

type Remembered<T> = { readonly frame: number; readonly of: unknown; readonly value: T };

/** Painters ask again and again, and go by whether they get the same. */
function rememberLast<T>(work: (compared: ComparedSets, frame: number, of: unknown) => T) {
  const known = new WeakMap<ComparedSets, Remembered<T>>();
  return (compared: ComparedSets, frame: number, of: unknown = null): T => {
    const last = known.get(compared);
    if (last && last.frame === frame && last.of === of) {
      return last.value;
    }
    const value = work(compared, frame, of);
    known.set(compared, { frame, of, value });
    return value;
  };
}

const frameOfA = rememberLast(({ a }, frame) => maskSetFrame(a, frame));
const frameOfB = rememberLast(({ b }, frame) => maskSetFrame(b, frame));

/** Null where the set has no masks, or nothing is compared. */
export function frameOfSide(state: MaskflowState, side: CompareSide): SetFrame | null {
  const compared = comparedSets(state);
  const frame = state.shownFrame;
  return compared && frame !== null ? (side === 'a' ? frameOfA : frameOfB)(compared, frame) : null;
}

export type FrameDifference = {
  /** Null for no pixels. A pixel can be in several, by several labels. */
  readonly aOnly: Rle | null;
  readonly bOnly: Rle | null;
  readonly both: Rle | null;
  /** Summed over the labels. */
  readonly counts: PairCounts;
  /** Region similarity of the counts. */
  readonly j: number;
};

const differenceOf = rememberLast(({ a, b, pairs }, frame, objectId): FrameDifference | null => {
  const chosen = objectId === null ? pairs : pairs.filter((pair) => pair.a === objectId);
  const compared = frameToScore(a, b, chosen, frame);
  if (!compared) {
    return null;
  }
  const counts = summedCounts(compared.pairs.map((pair) => countPair(pair, compared.ignored)));
  const seen = compared.pairs.map((pair) => withoutVoid(pair, compared.ignored));
  return {
    aOnly: joined(seen.map((pair) => (pair.a && pair.b ? minusRle(pair.a, pair.b) : pair.a))),
    bOnly: joined(seen.map((pair) => (pair.a && pair.b ? minusRle(pair.b, pair.a) : pair.b))),
    both: joined(seen.map((pair) => (pair.a && pair.b ? intersectRle(pair.a, pair.b) : null))),
    counts,
    j: regionSimilarityOf(counts),
  };
});

/** Null where not both sets have masks, or nothing is compared. */
export function frameDifference(state: MaskflowState): FrameDifference | null {
  const compared = comparedSets(state);
  const frame = state.shownFrame;
  return compared && frame !== null ? differenceOf(compared, frame, chosenLabel(state, compared)) : null;
}

/** The label of A that was chosen; null for all, and where it is not compared. */
export function chosenLabel({ comparison }: MaskflowState, { pairs }: ComparedSets): ObjectId | null {
  return pairs.some((pair) => pair.a === comparison.objectId) ? comparison.objectId : null;
}

function withoutVoid({ a, b }: MaskPair, ignored: Rle | null): MaskPair {
  return ignored ? { a: a && minusRle(a, ignored), b: b && minusRle(b, ignored) } : { a, b };
}

function joined(masks: readonly (Rle | null)[]): Rle | null {
  return masks.reduce((all, mask) => (all && mask ? unionRle(all, mask) : (all ?? mask)), null);
}
