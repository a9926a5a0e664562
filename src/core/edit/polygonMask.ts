/** Fills a polygon, or a line drawn around something. */
import type { Box, Point } from '../geometry/box';
import type { BinaryMask } from '../mask/binaryMask';

/** What is inside where a polygon crosses itself, as in SVG's `fill-rule`. */
export type FillRule = 'evenOdd' | 'nonZero';

type Crossing = { readonly x: number; readonly winding: 1 | -1 };

/**
 * Sets to 1, in place, the pixels whose centre lies in the closed polygon (source pixels; pixel (x, y) has its centre
 * at x + 0.5, y + 0.5). A centre on an edge belongs to the side right of it or below it, so polygons that share an edge
 * share no pixel. Returns the box of the pixels set (x1, y1 exclusive); null when there is none.
 */
export function polygonMask(
  mask: BinaryMask,
  points: readonly Point[],
  rule: FillRule = 'evenOdd',
): Box | null {
  const rows = crossingsByRow(points, mask.height);
  let box: [number, number, number, number] | null = null;
  for (const [y, crossings] of rows) {
    crossings.sort((a, b) => a.x - b.x);
    let winding = 0;
    crossings.forEach(({ x, winding: turn }, index) => {
      winding += rule === 'evenOdd' ? (winding === 0 ? 1 : -1) : turn;
      const end = crossings[index + 1];
      if (winding !== 0 && end) {
        const x0 = Math.max(0, Math.ceil(x - 0.5));
        const x1 = Math.min(mask.width, Math.ceil(end.x - 0.5));
        if (x0 < x1) {
          mask.data.fill(1, y * mask.width + x0, y * mask.width + x1);
          box = box
            ? [Math.min(box[0], x0), Math.min(box[1], y), Math.max(box[2], x1), Math.max(box[3], y + 1)]
            : [x0, y, x1, y + 1];
        }
      }
    });
  }
  return box;
}

/** Where the edges cross the middle of each row. */
function crossingsByRow(points: readonly Point[], height: number): Map<number, Crossing[]> {
  const rows = new Map<number, Crossing[]>();
  points.forEach((p, index) => {
    const q = points[(index + 1) % points.length]!;
    const winding = p.y < q.y ? 1 : -1;
    const [top, bottom] = p.y < q.y ? [p, q] : [q, p];
    const first = Math.max(0, Math.ceil(top.y - 0.5));
    const end = Math.min(height, Math.ceil(bottom.y - 0.5));
    for (let y = first; y < end; y += 1) {
      const x = top.x + ((y + 0.5 - top.y) / (bottom.y - top.y)) * (bottom.x - top.x);
      const row = rows.get(y);
      if (row) {
        row.push({ x, winding });
      } else {
        rows.set(y, [{ x, winding }]);
      }
    }
  });
  return rows;
}
