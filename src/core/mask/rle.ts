/** Run lengths of a binary mask in COCO's order; see README.md beside this file for the format. */
import { assert } from '../base/assert';
import type { Box } from '../geometry/box';
import type { BinaryMask } from './binaryMask';

/**
 * COCO run lengths: **column-major**, alternating background and foreground, the first run is background (and may be
 * 0). `size` is `[height, width]`; the counts add up to height * width. Immutable once made.
 */
export type Rle = { readonly size: readonly [height: number, width: number]; readonly counts: Uint32Array };

/**
 * Encodes a row-major 0/1 mask. Reads it row by row, since walking down columns misses the cache on every pixel: the
 * places where a column changes are collected and put in column order afterwards.
 */
export function encodeRle(mask: BinaryMask): Rle {
  const { width, height, data } = mask;
  assert(data.length === width * height, 'mask data must have width * height values');
  const changes: number[] = [];
  for (let x = 0; x < width; x += 1) {
    // Above a column's first pixel lies the last one of the column before it.
    const before = x === 0 ? 0 : data[(height - 1) * width + x - 1];
    if (data[x] !== before) {
      changes.push(x * height);
    }
  }
  for (let y = 1; y < height; y += 1) {
    const row = y * width;
    for (let x = 0; x < width; x += 1) {
      if (data[row + x] !== data[row + x - width]) {
        changes.push(x * height + y);
      }
    }
  }
  const positions = Float64Array.from(changes).toSorted();
  const counts = new Uint32Array(positions.length + 1);
  let previous = 0;
  positions.forEach((position, index) => {
    counts[index] = position - previous;
    previous = position;
  });
  counts[positions.length] = data.length - previous;
  return { size: [height, width], counts };
}

/** Calls `paint(x, y0, y1)` for every vertical foreground span (y1 exclusive); the cheapest way to read an Rle. */
export function forEachSpan(rle: Rle, paint: (x: number, y0: number, y1: number) => void): void {
  const [height] = rle.size;
  let position = 0;
  for (let index = 0; index < rle.counts.length; index += 1) {
    const end = position + (rle.counts[index] ?? 0);
    if (index % 2 === 1) {
      while (position < end) {
        const x = Math.floor(position / height);
        const y0 = position - x * height;
        const y1 = Math.min(height, y0 + end - position);
        paint(x, y0, y1);
        position += y1 - y0;
      }
    }
    position = end;
  }
}

/** Decodes to a row-major 0/1 mask. */
export function decodeRle(rle: Rle): BinaryMask {
  const [height, width] = rle.size;
  const data = new Uint8Array(width * height);
  forEachSpan(rle, (x, y0, y1) => {
    for (let index = y0 * width + x; index < y1 * width; index += width) {
      data[index] = 1;
    }
  });
  return { width, height, data };
}

/** Number of foreground pixels. */
export function rleArea(rle: Rle): number {
  let area = 0;
  for (let index = 1; index < rle.counts.length; index += 2) {
    area += rle.counts[index] ?? 0;
  }
  return area;
}

/** Tight box around the foreground (x1, y1 exclusive); null when empty. */
export function rleBox(rle: Rle): Box | null {
  let box: [number, number, number, number] | null = null;
  forEachSpan(rle, (x, y0, y1) => {
    box = box
      ? [Math.min(box[0], x), Math.min(box[1], y0), Math.max(box[2], x + 1), Math.max(box[3], y1)]
      : [x, y0, x + 1, y1];
  });
  return box;
}
