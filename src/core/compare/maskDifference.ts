/** What two masks of one picture have apart, told from their run lengths: no pixel is looked at. */
import { assert } from '../base/assert';
import { rleArea, type Rle } from '../mask/rle';

/** The pixels for which `keep` says so, of two masks of one size. Takes as many steps as there are runs. */
function combined(a: Rle, b: Rle, keep: (inA: boolean, inB: boolean) => boolean): Rle {
  assert(a.size[0] === b.size[0] && a.size[1] === b.size[1], 'masks of a frame have one size');
  const total = a.size[0] * a.size[1];
  const counts: number[] = [];
  let indexA = 0;
  let indexB = 0;
  let endA = a.counts[0] ?? 0;
  let endB = b.counts[0] ?? 0;
  let isInside = false;
  let runStart = 0;
  for (let position = 0; position < total;) {
    while (endA <= position) {
      indexA += 1;
      endA += a.counts[indexA] ?? total;
    }
    while (endB <= position) {
      indexB += 1;
      endB += b.counts[indexB] ?? total;
    }
    if (keep(indexA % 2 === 1, indexB % 2 === 1) !== isInside) {
      counts.push(position - runStart);
      runStart = position;
      isInside = !isInside;
    }
    position = Math.min(endA, endB, total);
  }
  counts.push(total - runStart);
  return { size: a.size, counts: Uint32Array.from(counts) };
}

/** The pixels of `mask` that `other` does not have. */
export function minusRle(mask: Rle, other: Rle): Rle {
  return combined(mask, other, (inMask, inOther) => inMask && !inOther);
}

/** The pixels that both have. */
export function intersectRle(a: Rle, b: Rle): Rle {
  return combined(a, b, (inA, inB) => inA && inB);
}

/** The pixels that at least one of the two has. */
export function unionRle(a: Rle, b: Rle): Rle {
  return combined(a, b, (inA, inB) => inA || inB);
}

/** How many pixels only one of two masks has; a mask that is not there has none. */
export function differenceAreaPx(a: Rle | null, b: Rle | null): number {
  if (a === b) {
    return 0;
  }
  if (!a || !b) {
    return rleArea((a ?? b)!);
  }
  return rleArea(combined(a, b, (inA, inB) => inA !== inB));
}
