/** Where the cells of an encoded window lie in the picture. */
import type { Box, Size } from '../../../core/geometry/box';
import { MODEL_SIDE_PX, imageTransformOf } from '../../../core/geometry/imageTransform';
import { sampleGrid } from './sampleGrid';
import type { SoftLabels } from './softLabels';

/** Side of the encoder's output; one cell covers 16x16 model pixels. */
export const GRID_SIDE = 64;
const CELL_MODEL_PX = MODEL_SIDE_PX / GRID_SIDE;

/** A window of the source picture (`box`, whole source pixels) with the cells of the embedding that lie on it. */
export type WindowGrid = {
  readonly box: Box;
  readonly columns: number;
  readonly rows: number;
  /** Source pixels that one cell covers, across and down. */
  readonly cellWidth: number;
  readonly cellHeight: number;
};

export function windowGridOf(box: Box): WindowGrid {
  const width = box[2] - box[0];
  const height = box[3] - box[1];
  const { resized } = imageTransformOf({ width, height });
  return {
    box,
    columns: Math.ceil(resized.width / CELL_MODEL_PX),
    rows: Math.ceil(resized.height / CELL_MODEL_PX),
    cellWidth: (CELL_MODEL_PX * width) / resized.width,
    cellHeight: (CELL_MODEL_PX * height) / resized.height,
  };
}

/**
 * The mean of every plane over each cell: float32[rows * columns] per plane. `source` is the size of the footage. Ignored
 * pixels do not count; a cell that has no others has 0 in every plane.
 */
export function averageOverCells(
  labels: SoftLabels,
  grid: WindowGrid,
  source: Size,
): Float32Array<ArrayBuffer>[] {
  const { ignored } = labels;
  if (!ignored) {
    return labels.planes.map((plane) => averagePlaneOverCells(plane, labels, grid, source));
  }
  const known = averagePlaneOverCells(
    Float32Array.from(ignored, (value) => 1 - value),
    labels,
    grid,
    source,
  );
  return labels.planes.map((plane) =>
    averagePlaneOverCells(
      plane.map((value, pixel) => (ignored[pixel] ? 0 : value)),
      labels,
      grid,
      source,
    ).map((sum, cell) => (known[cell]! > 0 ? sum / known[cell]! : 0)),
  );
}

/** Cells of which more than half is ignored; null while nothing is. */
export function ignoredCells(labels: SoftLabels, grid: WindowGrid, source: Size): Uint8Array | null {
  const { ignored } = labels;
  return ignored
    ? Uint8Array.from(averagePlaneOverCells(Float32Array.from(ignored), labels, grid, source), (share) =>
        share > 0.5 ? 1 : 0,
      )
    : null;
}

export function averagePlaneOverCells(
  plane: Float32Array,
  work: Size,
  grid: WindowGrid,
  source: Size,
): Float32Array<ArrayBuffer> {
  const xs = spans(grid.box[0], grid.cellWidth, grid.columns, work.width / source.width, work.width);
  const ys = spans(grid.box[1], grid.cellHeight, grid.rows, work.height / source.height, work.height);
  const cells = new Float32Array(grid.columns * grid.rows);
  for (let row = 0; row < grid.rows; row += 1) {
    const [y0, y1] = ys[row]!;
    for (let column = 0; column < grid.columns; column += 1) {
      const [x0, x1] = xs[column]!;
      let sum = 0;
      for (let y = y0; y < y1; y += 1) {
        for (let x = x0; x < x1; x += 1) {
          sum += plane[y * work.width + x]!;
        }
      }
      cells[row * grid.columns + column] = sum / ((y1 - y0) * (x1 - x0));
    }
  }
  return cells;
}

/** Work pixels under each cell along one axis; at least one, and inside the picture. */
function spans(start: number, cell: number, count: number, scale: number, side: number): [number, number][] {
  return Array.from({ length: count }, (_, index) => {
    const first = Math.min(side - 1, Math.max(0, Math.round((start + index * cell) * scale)));
    const end = Math.min(side, Math.max(first + 1, Math.round((start + (index + 1) * cell) * scale)));
    return [first, end];
  });
}

/**
 * Cells as a plane of the work picture: bilinear between cell centres, the outermost cells repeated to the window's
 * edge, `outside` beyond it.
 */
export function spreadCells(
  cells: Float32Array,
  grid: WindowGrid,
  { source, work, outside }: { source: Size; work: Size; outside: number },
): Float32Array<ArrayBuffer> {
  return sampleGrid(cells, grid.columns, grid.rows, {
    work,
    outside,
    toColumn: (x) => (((x + 0.5) * source.width) / work.width - grid.box[0]) / grid.cellWidth - 0.5,
    toRow: (y) => (((y + 0.5) * source.height) / work.height - grid.box[1]) / grid.cellHeight - 0.5,
    inside: insideOf(grid.box, source, work),
  });
}

/** The work pixels whose centres lie in a box of source pixels. */
export function insideOf(box: Box, source: Size, work: Size): Box {
  const sx = work.width / source.width;
  const sy = work.height / source.height;
  return [
    Math.max(0, Math.ceil(box[0] * sx - 0.5)),
    Math.max(0, Math.ceil(box[1] * sy - 0.5)),
    Math.min(work.width, Math.ceil(box[2] * sx - 0.5)),
    Math.min(work.height, Math.ceil(box[3] * sy - 0.5)),
  ];
}
