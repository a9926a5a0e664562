/** Polygons as masks, pixel for pixel as pycocotools draws them (`rleFrPoly` in maskApi.c). */
import { unionRle } from '../compare/maskDifference';
import type { Size } from '../geometry/box';
import type { Rle } from '../mask/rle';
import { rleFromCounts, SegmentationError } from './cocoRle';

/** pycocotools follows outlines on a grid this much finer than the pixels. */
const SCALE = 5;

/** The pixels inside at least one polygon; each is x0, y0, x1, y1, ... in source pixels with three corners or more. */
export function rleFromPolygons(polygons: readonly (readonly number[])[], size: Size): Rle {
  const [first, ...rest] = polygons.map((polygon) => rleFromPolygon(polygon, size));
  if (!first) {
    throw new SegmentationError('it has no polygon');
  }
  return rest.reduce(unionRle, first);
}

function rleFromPolygon(xy: readonly number[], size: Size): Rle {
  if (xy.length < 6 || xy.length % 2 !== 0 || !xy.every(Number.isFinite)) {
    throw new SegmentationError('a polygon has at least three corners, each an x and a y');
  }
  const { width, height } = size;
  const starts = columnCrossings(outline(xy), size).toSorted((a, b) => a - b);
  const counts: number[] = [];
  let previous = 0;
  for (const start of [...starts, width * height]) {
    counts.push(start - previous);
    previous = start;
  }
  return rleFromCounts(counts, size);
}

/** C's conversion of a double to an int cuts towards 0. */
const toInt = Math.trunc;

/** Every point of the fine grid on the outline, in order. */
function outline(xy: readonly number[]): { u: number[]; v: number[] } {
  const u: number[] = [];
  const v: number[] = [];
  const corners = xy.length / 2;
  const at = (corner: number, axis: 0 | 1): number => toInt(SCALE * xy[(corner % corners) * 2 + axis]! + 0.5);
  for (let corner = 0; corner < corners; corner += 1) {
    let [xs, ys, xe, ye] = [at(corner, 0), at(corner, 1), at(corner + 1, 0), at(corner + 1, 1)];
    const dx = Math.abs(xe - xs);
    const dy = Math.abs(ys - ye);
    const isFlipped = (dx >= dy && xs > xe) || (dx < dy && ys > ye);
    if (isFlipped) {
      [xs, ys, xe, ye] = [xe, ye, xs, ys];
    }
    const longest = Math.max(dx, dy);
    const slope = longest === 0 ? 0 : dx >= dy ? (ye - ys) / dx : (xe - xs) / dy;
    for (let step = 0; step <= longest; step += 1) {
      const along = isFlipped ? longest - step : step;
      u.push(dx >= dy ? along + xs : toInt(xs + slope * along + 0.5));
      v.push(dx >= dy ? toInt(ys + slope * along + 0.5) : along + ys);
    }
  }
  return { u, v };
}

/** Column-major positions at which the outline crosses the middle of a pixel's column. */
function columnCrossings({ u, v }: { u: number[]; v: number[] }, { width, height }: Size): number[] {
  const found: number[] = [];
  for (let index = 1; index < u.length; index += 1) {
    if (u[index] === u[index - 1]) {
      continue;
    }
    const isLeftward = u[index]! < u[index - 1]!;
    const x = ((isLeftward ? u[index]! : u[index]! - 1) + 0.5) / SCALE - 0.5;
    if (Math.floor(x) !== x || x < 0 || x > width - 1) {
      continue;
    }
    const y = (Math.min(v[index]!, v[index - 1]!) + 0.5) / SCALE - 0.5;
    found.push(x * height + Math.ceil(Math.min(Math.max(y, 0), height)));
  }
  return found;
}
