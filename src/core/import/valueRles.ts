/** Masks of all values of a label map, in one pass. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import type { Rle } from '../mask/rle';

/**
 * One run list for each value above 0 that occurs, ascending by value. `values` is row-major, width * height.
 * Takes one pass down the columns, whatever the number of values.
 */
export function rlesOfValues(values: Uint8Array | Uint16Array, { width, height }: Size): Map<number, Rle> {
  assert(values.length === width * height, 'a label map has width * height values');
  const runs = new Map<number, number[]>();
  let current = 0;
  let start = 0;
  const close = (end: number): void => {
    if (current > 0) {
      const found = runs.get(current);
      if (found) {
        found.push(start, end);
      } else {
        runs.set(current, [start, end]);
      }
    }
  };
  let position = 0;
  for (let x = 0; x < width; x += 1) {
    for (let index = x; index < values.length; index += width) {
      const value = values[index]!;
      if (value !== current) {
        close(position);
        current = value;
        start = position;
      }
      position += 1;
    }
  }
  close(position);
  return new Map(
    [...runs]
      .toSorted(([a], [b]) => a - b)
      .map(([value, edges]) => [value, rleOfEdges(edges, { width, height })]),
  );
}

/** `edges` are start and end of each foreground run, ascending, column-major, none touching. */
function rleOfEdges(edges: readonly number[], { width, height }: Size): Rle {
  const total = width * height;
  const endsAtTotal = edges.at(-1) === total;
  const counts = new Uint32Array(edges.length + (endsAtTotal ? 0 : 1));
  let previous = 0;
  edges.forEach((edge, index) => {
    counts[index] = edge - previous;
    previous = edge;
  });
  if (!endsAtTotal) {
    counts[edges.length] = total - previous;
  }
  return { size: [height, width], counts };
}
