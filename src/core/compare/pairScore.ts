/** How alike two masks of one frame are: J, F and counts of pixels, told from their runs. */
import type { Box } from '../geometry/box';
import type { BinaryMask } from '../mask/binaryMask';
import { forEachSpan, rleArea, rleBox, type Rle } from '../mask/rle';
import { contourAccuracyWithin, toleranceRadiusPx } from '../metrics/contourAccuracy';
import type { FrameScore } from '../metrics/sequenceScores';
import { intersectRle, minusRle } from './maskDifference';

/** One thing's masks in two sets; null for none. */
export type MaskPair = { readonly a: Rle | null; readonly b: Rle | null };

/** Pixels of two masks; void ones are in no count. */
export type PairCounts = {
  readonly aOnlyPx: number;
  readonly bOnlyPx: number;
  readonly bothPx: number;
};

export type PairScore = FrameScore & PairCounts;

/** `ignored` are void pixels; null for none. Takes as many steps as there are runs. */
export function countPair(pair: MaskPair, ignored: Rle | null): PairCounts {
  const { a, b } = withoutIgnored(pair, ignored);
  const bothPx = a && b ? rleArea(intersectRle(a, b)) : 0;
  return { aOnlyPx: areaOf(a) - bothPx, bOnlyPx: areaOf(b) - bothPx, bothPx };
}

/** Region similarity J from counts: intersection over union; 1 where both masks are empty. */
export function regionSimilarityOf({ aOnlyPx, bOnlyPx, bothPx }: PairCounts): number {
  const eitherPx = aOnlyPx + bOnlyPx + bothPx;
  return eitherPx === 0 ? 1 : bothPx / eitherPx;
}

/**
 * J and F as the DAVIS 2017 evaluation defines them (see core/metrics), where a mask that is not there is empty and void
 * pixels are background in both. F looks only at the part of the picture that the masks lie in: its outlines are all
 * there, so that the value is the whole picture's.
 */
export function scorePair(pair: MaskPair, ignored: Rle | null): PairScore {
  const counts = countPair(pair, ignored);
  const { a, b } = withoutIgnored(pair, ignored);
  return { ...counts, j: regionSimilarityOf(counts), f: contourOf(a, b) };
}

function contourOf(a: Rle | null, b: Rle | null): number {
  const size = (a ?? b)?.size;
  const around = size && boxAround(a && rleBox(a), b && rleBox(b), size);
  if (!size || !around) {
    return 1;
  }
  const [height, width] = size;
  return contourAccuracyWithin(part(a, around), part(b, around), toleranceRadiusPx({ width, height }));
}

/** Both boxes and one pixel around them, as far as there is picture: outlines lie on its upper left side, too. */
function boxAround(a: Box | null, b: Box | null, [height, width]: Rle['size']): Box | null {
  const [first, second] = [a ?? b, b ?? a];
  if (!first || !second) {
    return null;
  }
  return [
    Math.max(0, Math.min(first[0], second[0]) - 1),
    Math.max(0, Math.min(first[1], second[1]) - 1),
    Math.min(width, Math.max(first[2], second[2]) + 1),
    Math.min(height, Math.max(first[3], second[3]) + 1),
  ];
}

/** The pixels of a mask inside a box that holds all of it. */
function part(rle: Rle | null, [x0, y0, x1, y1]: Box): BinaryMask {
  const width = x1 - x0;
  const height = y1 - y0;
  const data = new Uint8Array(width * height);
  if (rle) {
    forEachSpan(rle, (x, top, bottom) => {
      const end = (bottom - y0) * width;
      for (let index = (top - y0) * width + x - x0; index < end; index += width) {
        data[index] = 1;
      }
    });
  }
  return { width, height, data };
}

function withoutIgnored({ a, b }: MaskPair, ignored: Rle | null): MaskPair {
  return ignored ? { a: a && minusRle(a, ignored), b: b && minusRle(b, ignored) } : { a, b };
}

function areaOf(rle: Rle | null): number {
  return rle ? rleArea(rle) : 0;
}
