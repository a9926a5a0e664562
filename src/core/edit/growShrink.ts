/** Grows and shrinks a mask by an exact distance. */
import type { Rle } from '../mask/rle';
import { complementSpans, rleOfSpans, spansOf, type ColumnSpans, type Span } from './columnSpans';

/**
 * Grows the mask by all pixels whose centre is at most `px` from that of one of its own (Euclidean), or, when `px` is
 * negative, takes away those that are at most `-px` from a pixel of background. What lies outside the picture is
 * neither. The same as cutting the exact distance transform, by spans: each column gets the spans of those around it,
 * longer by the half chord of the disc, which costs as many steps as there are runs times the disc's width.
 */
export function growShrink(rle: Rle, px: number): Rle {
  if (px === 0) {
    return rle;
  }
  const spans = spansOf(rle);
  return px > 0
    ? rleOfSpans(grown(spans, px))
    : rleOfSpans(complementSpans(grown(complementSpans(spans), -px)));
}

function grown({ width, height, columns }: ColumnSpans, radius: number): ColumnSpans {
  const reach = Math.floor(radius);
  const halfChord = Array.from({ length: reach + 1 }, (_, dx) =>
    Math.floor(Math.sqrt(radius * radius - dx * dx)),
  );
  const next = columns.map((_, x) => {
    const near: Span[] = [];
    for (let other = Math.max(0, x - reach); other <= Math.min(width - 1, x + reach); other += 1) {
      const extra = halfChord[Math.abs(other - x)]!;
      for (const { y0, y1 } of columns[other]!) {
        near.push({ y0: Math.max(0, y0 - extra), y1: Math.min(height, y1 + extra) });
      }
    }
    return joined(near);
  });
  return { width, height, columns: next };
}

/** Ascending, overlapping and touching spans made one. */
function joined(spans: Span[]): Span[] {
  spans.sort((a, b) => a.y0 - b.y0);
  const result: { y0: number; y1: number }[] = [];
  for (const { y0, y1 } of spans) {
    const last = result.at(-1);
    if (last && y0 <= last.y1) {
      last.y1 = Math.max(last.y1, y1);
    } else {
      result.push({ y0, y1 });
    }
  }
  return result;
}
