/** A mask as vertical spans, column by column: what run lengths become when single pieces of them are looked at. */
import { assert } from '../base/assert';
import { forEachSpan, type Rle } from '../mask/rle';

/** One stretch of a column; y1 is exclusive and y0 < y1. */
export type Span = { readonly y0: number; readonly y1: number };

/** Spans of each column, ascending, none touching another one of its column. */
export type ColumnSpans = {
  readonly width: number;
  readonly height: number;
  readonly columns: readonly (readonly Span[])[];
};

/** The foreground as spans. */
export function spansOf(rle: Rle): ColumnSpans {
  const [height, width] = rle.size;
  const columns = Array.from({ length: width }, (): Span[] => []);
  forEachSpan(rle, (x, y0, y1) => {
    columns[x]!.push({ y0, y1 });
  });
  return { width, height, columns };
}

/** The background of what the spans cover. */
export function complementSpans({ width, height, columns }: ColumnSpans): ColumnSpans {
  const background = columns.map((spans) => {
    const gaps: Span[] = [];
    let y = 0;
    for (const { y0, y1 } of spans) {
      if (y0 > y) {
        gaps.push({ y0: y, y1: y0 });
      }
      y = y1;
    }
    if (y < height) {
      gaps.push({ y0: y, y1: height });
    }
    return gaps;
  });
  return { width, height, columns: background };
}

/** Run lengths of spans; columns must be as ColumnSpans says. */
export function rleOfSpans({ width, height, columns }: ColumnSpans): Rle {
  assert(columns.length === width, 'spans have one list for each column');
  const counts: number[] = [0];
  let end = 0;
  columns.forEach((spans, x) => {
    for (const { y0, y1 } of spans) {
      const gap = x * height + y0 - end;
      if (gap === 0 && counts.length % 2 === 0) {
        counts[counts.length - 1]! += y1 - y0;
      } else {
        // Before the first run of foreground the list holds the one of background, which may stay 0.
        if (counts.length % 2 === 0) {
          counts.push(gap);
        } else {
          counts[counts.length - 1]! += gap;
        }
        counts.push(y1 - y0);
      }
      end = x * height + y1;
    }
  });
  const rest = width * height - end;
  if (counts.length % 2 === 1) {
    counts[counts.length - 1]! += rest;
  } else if (rest > 0) {
    counts.push(rest);
  }
  return { size: [height, width], counts: Uint32Array.from(counts) };
}
