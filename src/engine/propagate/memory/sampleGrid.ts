/** Reads a small grid at the places of a larger picture. */
import type { Box, Size } from '../../../core/geometry/box';

export type GridSampling = {
  readonly work: Size;
  readonly outside: number;
  readonly toColumn: (x: number) => number;
  readonly toRow: (y: number) => number;
  /** Work pixels that the grid speaks of. */
  readonly inside: Box;
};

/** Bilinear sampling of a row-major grid, edge values repeated. */
export function sampleGrid(
  values: Float32Array,
  columns: number,
  rows: number,
  { work, outside, toColumn, toRow, inside }: GridSampling,
): Float32Array<ArrayBuffer> {
  const plane = new Float32Array(work.width * work.height).fill(outside);
  const [x0, y0, x1, y1] = inside;
  const left = new Int32Array(work.width);
  const right = new Int32Array(work.width);
  const share = new Float32Array(work.width);
  for (let x = x0; x < x1; x += 1) {
    const at = Math.min(columns - 1, Math.max(0, toColumn(x)));
    left[x] = Math.floor(at);
    right[x] = Math.min(columns - 1, left[x]! + 1);
    share[x] = at - left[x]!;
  }
  for (let y = y0; y < y1; y += 1) {
    const at = Math.min(rows - 1, Math.max(0, toRow(y)));
    const top = Math.floor(at);
    const bottom = Math.min(rows - 1, top + 1);
    const down = at - top;
    const a = top * columns;
    const b = bottom * columns;
    for (let x = x0; x < x1; x += 1) {
      const u = share[x]!;
      const upper = values[a + left[x]!]! * (1 - u) + values[a + right[x]!]! * u;
      const lower = values[b + left[x]!]! * (1 - u) + values[b + right[x]!]! * u;
      plane[y * work.width + x] = upper * (1 - down) + lower * down;
    }
  }
  return plane;
}
