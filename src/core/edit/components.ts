/** The connected pieces of a mask, found on its vertical spans. */
import type { ColumnSpans } from './columnSpans';
import { rootOf } from '../mask/rootOf';

export type Pieces = {
  /** For each column the piece of each of its spans. */
  readonly pieceOf: readonly (readonly number[])[];
  readonly areasPx: readonly number[];
  /** Whether the piece reaches the picture's border. */
  readonly isAtBorder: readonly boolean[];
};

/**
 * Labels the pieces with numbers from 0, in column order. With 8-connectivity spans that meet at corners belong
 * together. Foreground is 8-connected here and background 4-connected, so that a diagonal line encloses.
 */
export function piecesOf({ width, height, columns }: ColumnSpans, connectivity: 4 | 8): Pieces {
  const first: number[] = [];
  const parent: number[] = [];
  const reach = connectivity === 8 ? 1 : 0;
  columns.forEach((spans, x) => {
    first.push(parent.length);
    spans.forEach(() => parent.push(parent.length));
    const before = columns[x - 1] ?? [];
    let left = 0;
    let here = 0;
    while (left < before.length && here < spans.length) {
      const a = before[left]!;
      const b = spans[here]!;
      if (a.y0 < b.y1 + reach && b.y0 < a.y1 + reach) {
        parent[rootOf(parent, first[x]! + here)] = rootOf(parent, first[x - 1]! + left);
      }
      if (a.y1 < b.y1) {
        left += 1;
      } else {
        here += 1;
      }
    }
  });
  const numbers = new Map<number, number>();
  const areasPx: number[] = [];
  const isAtBorder: boolean[] = [];
  const pieceOf = columns.map((spans, x) =>
    spans.map(({ y0, y1 }, index) => {
      const root = rootOf(parent, first[x]! + index);
      const piece = numbers.get(root) ?? numbers.size;
      numbers.set(root, piece);
      areasPx[piece] = (areasPx[piece] ?? 0) + y1 - y0;
      const touches = x === 0 || x === width - 1 || y0 === 0 || y1 === height;
      isAtBorder[piece] = (isAtBorder[piece] ?? false) || touches;
      return piece;
    }),
  );
  return { pieceOf, areasPx, isAtBorder };
}
