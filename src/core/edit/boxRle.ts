/** Run lengths of a mask of which only a box needs to be read. */
import type { Box } from '../geometry/box';
import type { BinaryMask } from '../mask/binaryMask';
import type { Rle } from '../mask/rle';
import { rleOfSpans, type Span } from './columnSpans';

/**
 * The same as encodeRle of a mask that has no foreground outside `box` (x1, y1 exclusive, inside the picture), in time
 * that goes with the box: what a brush needs. Null stands for no foreground at all.
 */
export function encodeRleInBox({ width, height, data }: BinaryMask, box: Box | null): Rle {
  const columns = Array.from({ length: width }, (): Span[] => []);
  const [x0, y0, x1, y1] = box ?? [0, 0, 0, 0];
  // Row by row, since walking down columns misses the cache on every pixel.
  const openSince = new Int32Array(Math.max(0, x1 - x0)).fill(-1);
  for (let y = y0; y <= y1; y += 1) {
    const row = y * width;
    for (let x = x0; x < x1; x += 1) {
      const since = openSince[x - x0]!;
      const isInside = y < y1 && data[row + x] === 1;
      if (isInside && since < 0) {
        openSince[x - x0] = y;
      } else if (!isInside && since >= 0) {
        columns[x]!.push({ y0: since, y1: y });
        openSince[x - x0] = -1;
      }
    }
  }
  return rleOfSpans({ width, height, columns });
}
