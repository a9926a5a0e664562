/** COCO's run lengths, as numbers or as its string (pycocotools `maskApi.c`), as ours. */
import type { Size } from '../geometry/box';
import type { Rle } from '../mask/rle';

/** What is wrong with a segmentation, in words to follow "annotation 12: ". */
export class SegmentationError extends Error {
  override name = 'SegmentationError';
}

/**
 * Run lengths from column-major counts that begin with background. Counts of 0 within are joined, as our `Rle` has none.
 * Throws SegmentationError when they do not add up to the picture.
 */
export function rleFromCounts(counts: readonly number[], { width, height }: Size): Rle {
  const joined: number[] = [];
  let total = 0;
  for (const [index, count] of counts.entries()) {
    if (!Number.isInteger(count) || count < 0) {
      throw new SegmentationError('a run length is no whole number of pixels');
    }
    total += count;
    const continuesLast = joined.length % 2 !== index % 2;
    if (continuesLast) {
      joined[joined.length - 1]! += count;
    } else if (count > 0 || index === 0) {
      joined.push(count);
    }
  }
  if (total !== width * height) {
    throw new SegmentationError(`its run lengths add up to ${total} pixels, not ${width} x ${height}`);
  }
  return { size: [height, width], counts: Uint32Array.from(joined) };
}

/**
 * Run lengths from COCO's string: five bits to a character from `0` on, lowest first, bit 5 says that more follow, the
 * last one's bit 4 is the sign; from the fourth count on the difference to the count two before it.
 */
export function rleFromCocoString(text: string, size: Size): Rle {
  const counts: number[] = [];
  let position = 0;
  while (position < text.length) {
    let value = 0;
    let weight = 1;
    for (;;) {
      const code = text.charCodeAt(position) - 48;
      if (!(code >= 0 && code < 64)) {
        throw new SegmentationError('its run-length string breaks off or holds a foreign character');
      }
      position += 1;
      value += (code & 31) * weight;
      weight *= 32;
      if (!(code & 32)) {
        value -= code & 16 ? weight : 0;
        break;
      }
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
  }
  return rleFromCounts(counts, size);
}
