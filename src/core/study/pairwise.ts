/** How far methods agree with each other, where there is no truth to hold them against. */
import { ignoredByEither } from '../compare/comparisonFrames';
import { comparableLabels, maskOfLabel, maskSetFrame, type MaskSet } from '../compare/maskSet';
import { minusRle } from '../compare/maskDifference';
import type { Rle } from '../mask/rle';
import { mean } from '../metrics/sequenceScores';
import { rleIou } from '../provenance/replayReport';

/** Mean intersection over union of every two sets of the same labels over frames and labels; null of no frame. */
export function pairwiseIou(sets: readonly MaskSet[], frames: readonly number[]): (number | null)[][] {
  const values = sets.map(() => sets.map((): number[] => []));
  for (const frame of frames) {
    const found = sets.map((set) => maskSetFrame(set, frame));
    for (let a = 0; a < sets.length; a += 1) {
      for (let b = a + 1; b < sets.length; b += 1) {
        const [inA, inB] = [found[a], found[b]];
        if (inA && inB) {
          const ignored = ignoredByEither(inA, inB);
          const ious = comparableLabels(sets[a]!).map(({ objectId }) =>
            rleIou(
              without(maskOfLabel(inA, objectId), ignored),
              without(maskOfLabel(inB, objectId), ignored),
            ),
          );
          values[a]![b]!.push(...ious);
        }
      }
    }
  }
  return values.map((row, a) =>
    row.map((_, b) => (a === b ? 1 : mean(values[Math.min(a, b)]![Math.max(a, b)]!))),
  );
}

function without(rle: Rle | null, ignored: Rle | null): Rle | null {
  return rle && ignored ? minusRle(rle, ignored) : rle;
}
