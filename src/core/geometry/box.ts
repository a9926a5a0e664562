/** Axis-aligned boxes in source pixels. */

/** `[x0, y0, x1, y1]` in source pixels, x1 and y1 exclusive, x0 < x1 and y0 < y1. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

/** The box spanned by two corners given in any order. */
export function boxFromCorners(a: Point, b: Point): Box {
  return [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)];
}

/** The part of `box` inside a picture of `size`; null when nothing of it (less than `minSidePx`) is left. */
export function clampBox(box: Box, size: Size, minSidePx = 1): Box | null {
  const x0 = Math.max(0, box[0]);
  const y0 = Math.max(0, box[1]);
  const x1 = Math.min(size.width, box[2]);
  const y1 = Math.min(size.height, box[3]);
  return x1 - x0 >= minSidePx && y1 - y0 >= minSidePx ? [x0, y0, x1, y1] : null;
}

export function clampPoint(point: Point, size: Size): Point {
  return {
    x: Math.min(Math.max(point.x, 0), size.width),
    y: Math.min(Math.max(point.y, 0), size.height),
  };
}
