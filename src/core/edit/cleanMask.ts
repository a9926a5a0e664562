/** Cleans a mask by its pieces: fills holes, drops specks, keeps the pieces that count. */
import { minusRle, unionRle } from '../compare/maskDifference';
import type { Rle } from '../mask/rle';
import { complementSpans, rleOfSpans, spansOf, type ColumnSpans } from './columnSpans';
import { piecesOf, type Pieces } from './components';

/**
 * Fills every hole of at most `maxPx` pixels: a 4-connected piece of background that does not reach the picture's
 * border. Infinity fills all. The mask itself when there is none.
 */
export function fillHolesUpTo(rle: Rle, maxPx = Infinity): Rle {
  const background = complementSpans(spansOf(rle));
  const pieces = piecesOf(background, 4);
  const isHole = pieces.areasPx.map((area, piece) => area <= maxPx && !pieces.isAtBorder[piece]);
  return isHole.includes(true)
    ? unionRle(
        rle,
        chosen(background, pieces, (piece) => isHole[piece]!),
      )
    : rle;
}

/** Drops the 8-connected pieces of fewer than `minPx` pixels. */
export function removeSpecks(rle: Rle, minPx: number): Rle {
  return keepPieces(rle, ({ areasPx }) => areasPx.map((area) => area >= minPx));
}

/** Keeps the largest 8-connected piece; of equal ones the one furthest to the left. */
export function keepLargest(rle: Rle): Rle {
  return keepPieces(rle, ({ areasPx }) => {
    const largest = areasPx.indexOf(areasPx.reduce((a, b) => Math.max(a, b), 0));
    return areasPx.map((_, piece) => piece === largest);
  });
}

/**
 * Keeps the 8-connected pieces that share a pixel with `previous`. When none does (a thing that moved by more than its
 * own size), the largest piece stays; and all do when `previous` is empty, since there is nothing to go by.
 */
export function keepTouching(rle: Rle, previous: Rle): Rle {
  if (previous.counts.length < 2) {
    return rle;
  }
  const spans = spansOf(rle);
  const touched = touchedPieces(spans, spansOf(previous));
  if (touched.size === 0) {
    return keepLargest(rle);
  }
  return keepPieces(rle, ({ areasPx }) => areasPx.map((_, piece) => touched.has(piece)));
}

function touchedPieces(spans: ColumnSpans, previous: ColumnSpans): Set<number> {
  const { pieceOf } = piecesOf(spans, 8);
  const touched = new Set<number>();
  spans.columns.forEach((column, x) => {
    const others = previous.columns[x] ?? [];
    let other = 0;
    column.forEach(({ y0, y1 }, index) => {
      while (other < others.length && others[other]!.y1 <= y0) {
        other += 1;
      }
      if (other < others.length && others[other]!.y0 < y1) {
        touched.add(pieceOf[x]![index]!);
      }
    });
  });
  return touched;
}

function keepPieces(rle: Rle, choose: (pieces: Pieces) => readonly boolean[]): Rle {
  const spans = spansOf(rle);
  const pieces = piecesOf(spans, 8);
  const isKept = choose(pieces);
  return isKept.includes(false)
    ? minusRle(
        rle,
        chosen(spans, pieces, (piece) => !isKept[piece]),
      )
    : rle;
}

function chosen(spans: ColumnSpans, { pieceOf }: Pieces, isChosen: (piece: number) => boolean): Rle {
  const columns = spans.columns.map((column, x) =>
    column.filter((_, index) => isChosen(pieceOf[x]![index]!)),
  );
  return rleOfSpans({ ...spans, columns });
}
