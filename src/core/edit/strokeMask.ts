/** What a round, hard-edged brush leaves behind on its way. */
import type { Box, Point } from '../geometry/box';
import type { BinaryMask } from '../mask/binaryMask';

/** Where the brush was, in source pixels (pixel (x, y) has its centre at x + 0.5, y + 0.5), and how large. */
export type StrokePoint = Point & { readonly radiusPx: number };

/** A brush never gets thinner than one pixel: a thinner line would have gaps. */
const MIN_RADIUS_PX = 0.5;

/**
 * Sets to 1, in place, the pixels whose centre the brush passes on its way through `points`; the radius changes evenly
 * between two of them, so each step covers the convex hull of two discs. The pixel right under each point always
 * belongs to it. Returns the box of the pixels looked at (x1, y1 exclusive), null when all lie outside the picture.
 * To go on with a stroke, begin with its last point.
 */
export function strokeMask(mask: BinaryMask, points: readonly StrokePoint[]): Box | null {
  let dirty: Box | null = null;
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (next || points.length === 1) {
      dirty = unionBox(dirty, sweep(mask, point, next ?? point));
    }
  });
  for (const { x, y } of points) {
    dirty = unionBox(dirty, setPixel(mask, Math.floor(x), Math.floor(y)));
  }
  return dirty;
}

/** The smallest box around both. */
export function unionBox(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) {
    return a ?? b;
  }
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

function setPixel({ width, height, data }: BinaryMask, x: number, y: number): Box | null {
  if (x < 0 || y < 0 || x >= width || y >= height) {
    return null;
  }
  data[y * width + x] = 1;
  return [x, y, x + 1, y + 1];
}

type Disc = { readonly x: number; readonly y: number; readonly r: number };

function discOf({ x, y, radiusPx }: StrokePoint): Disc {
  return { x, y, r: Math.max(MIN_RADIUS_PX, radiusPx) };
}

/** Fills the hull of two discs row by row: being convex, it has one stretch in each. */
function sweep(mask: BinaryMask, from: StrokePoint, to: StrokePoint): Box | null {
  const a = discOf(from);
  const b = discOf(to);
  const quad = tangentQuad(a, b);
  const firstRow = Math.max(0, Math.ceil(Math.min(a.y - a.r, b.y - b.r) - 0.5));
  const lastRow = Math.min(mask.height - 1, Math.floor(Math.max(a.y + a.r, b.y + b.r) - 0.5));
  let dirty: Box | null = null;
  for (let y = firstRow; y <= lastRow; y += 1) {
    const stretch = { left: Infinity, right: -Infinity };
    widenByDisc(stretch, a, y + 0.5);
    widenByDisc(stretch, b, y + 0.5);
    widenByQuad(stretch, quad, y + 0.5);
    const x0 = Math.max(0, Math.ceil(stretch.left - 0.5));
    const x1 = Math.min(mask.width, Math.floor(stretch.right - 0.5) + 1);
    if (x0 < x1) {
      mask.data.fill(1, y * mask.width + x0, y * mask.width + x1);
      dirty = unionBox(dirty, [x0, y, x1, y + 1]);
    }
  }
  return dirty;
}

type Stretch = { left: number; right: number };

function widenByDisc(stretch: Stretch, { x, y, r }: Disc, row: number): void {
  const square = r * r - (row - y) * (row - y);
  if (square >= 0) {
    const half = Math.sqrt(square);
    stretch.left = Math.min(stretch.left, x - half);
    stretch.right = Math.max(stretch.right, x + half);
  }
}

/** The corners where the outer tangents touch the discs, in order; none when one disc holds the other. */
function tangentQuad(a: Disc, b: Disc): readonly Point[] {
  const distance = Math.hypot(b.x - a.x, b.y - a.y);
  if (distance <= Math.abs(a.r - b.r)) {
    return [];
  }
  const ux = (b.x - a.x) / distance;
  const uy = (b.y - a.y) / distance;
  const along = (a.r - b.r) / distance;
  const across = Math.sqrt(1 - along * along);
  const corner = ({ x, y, r }: Disc, side: 1 | -1): Point => ({
    x: x + r * (ux * along - side * uy * across),
    y: y + r * (uy * along + side * ux * across),
  });
  return [corner(a, 1), corner(b, 1), corner(b, -1), corner(a, -1)];
}

function widenByQuad(stretch: Stretch, quad: readonly Point[], row: number): void {
  quad.forEach((p, index) => {
    const q = quad[(index + 1) % quad.length]!;
    if (p.y !== q.y && Math.min(p.y, q.y) <= row && row <= Math.max(p.y, q.y)) {
      const x = p.x + ((row - p.y) / (q.y - p.y)) * (q.x - p.x);
      stretch.left = Math.min(stretch.left, x);
      stretch.right = Math.max(stretch.right, x);
    }
  });
}
