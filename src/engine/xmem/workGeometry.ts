/** The size XMem works at, and how a frame of that size lies in the padded picture that the network sees. */
import type { Size } from '../../core/geometry/box';

/** The network's coarsest features have one cell for so many pixels on a side. */
export const CELL_PX = 16;

export type WorkGeometry = {
  readonly source: Size;
  /** The picture as the network works on it, without padding. */
  readonly work: Size;
  /** Sides are multiples of CELL_PX. */
  readonly padded: Size;
  /** Where the picture begins in the padded one. */
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
};

/** `shortSidePx`: the picture is made smaller until its shorter side is that; never larger. Null: it stays as it is. */
export function workGeometryOf(source: Size, shortSidePx: number | null): WorkGeometry {
  const short = Math.min(source.width, source.height);
  const target = Math.min(short, shortSidePx ?? short);
  const scaled = (side: number): number => Math.max(1, Math.floor((side * target) / short));
  const work = { width: scaled(source.width), height: scaled(source.height) };
  const columns = Math.ceil(work.width / CELL_PX);
  const rows = Math.ceil(work.height / CELL_PX);
  const padded = { width: columns * CELL_PX, height: rows * CELL_PX };
  return {
    source,
    work,
    padded,
    left: Math.floor((padded.width - work.width) / 2),
    top: Math.floor((padded.height - work.height) / 2),
    columns,
    rows,
  };
}

/** The picture's part of a padded plane, row by row. */
export function unpad(plane: Float32Array, geometry: WorkGeometry): Float32Array<ArrayBuffer> {
  const { work, padded, left, top } = geometry;
  const cut = new Float32Array(work.width * work.height);
  for (let y = 0; y < work.height; y += 1) {
    const from = (y + top) * padded.width + left;
    cut.set(plane.subarray(from, from + work.width), y * work.width);
  }
  return cut;
}
