/** The outlines of a mask as polygons along pixel edges, from which the very same pixels can be drawn again. */
import type { BinaryMask } from '../mask/binaryMask';

/** x, y, x, y, ... in pixels; pixel (0, 0) covers 0..1. The last corner joins the first. */
export type Polygon = readonly number[];

/** A corner of a ring under way; rings are joined by changing `next`. */
type Corner = { readonly x: number; readonly y: number; next: Corner | null };

/** Right, down, left, up. */
const STEP_X = [1, 0, -1, 0] as const;
const STEP_Y = [0, 1, 0, -1] as const;

/**
 * One polygon for each 4-connected piece. A hole is joined to its outline by an upright line that is walked twice, so
 * that even-odd filling leaves it empty; such lines have no width, and pycocotools, which counts crossings of columns,
 * never sees them. Pieces that touch at a corner are polygons of their own, so no outline crosses itself.
 */
export function maskPolygons(mask: BinaryMask): Polygon[] {
  const { width, height, data } = mask;
  const isInside = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && data[y * width + x] === 1;
  /** Upper edges of pixels that belong to a ring already; each ring has some. */
  const walked = new Uint8Array((height + 1) * width);
  const corners = new Map<number, Corner[]>();
  const outlines: Corner[] = [];
  for (let y = 0; y <= height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (walked[y * width + x] === 1 || isInside(x, y) === isInside(x, y - 1)) {
        continue;
      }
      const isHole = isInside(x, y - 1);
      const ring = walkRing({ isInside, walked, width }, x, y);
      if (isHole) {
        joinHole(ring, { isInside, corners, width });
      } else {
        outlines.push(ring);
      }
      remember(ring, corners, width);
    }
  }
  return outlines.map(cornersOf);
}

type Grid = { readonly isInside: (x: number, y: number) => boolean; readonly width: number };

/**
 * Walks with the inside on the right from the corner at the upper left of an edge: to the right along the top of a
 * piece; along the bottom edge of the pixel above, leftward, for a hole. Returns its first corner, the one at which
 * the ring was found (holes: the left end of that edge).
 */
function walkRing(
  { isInside, walked, width }: Grid & { walked: Uint8Array },
  x0: number,
  y0: number,
): Corner {
  const isHole = isInside(x0, y0 - 1);
  let direction = isHole ? 2 : 0;
  let [x, y] = isHole ? [x0 + 1, y0] : [x0, y0];
  const first: Corner = { x, y, next: null };
  const firstDirection = direction;
  let last = first;
  for (;;) {
    if (direction === 0) {
      walked[y * width + x] = 1;
    } else if (direction === 2) {
      walked[y * width + x - 1] = 1;
    }
    x += STEP_X[direction]!;
    y += STEP_Y[direction]!;
    // At a corner where two pieces touch, turning right first keeps them apart.
    direction = nextDirection(isInside, x, y, direction);
    if (x === first.x && y === first.y && direction === firstDirection) {
      last.next = first;
      return isHole ? first.next! : first;
    }
    last.next = { x, y, next: null };
    last = last.next;
  }
}

/** Of right turn, straight on and left turn, the first edge with the inside on its right and outside on its left. */
function nextDirection(isInside: Grid['isInside'], x: number, y: number, direction: number): number {
  for (const turn of [1, 0, 3]) {
    const wanted = (direction + turn) % 4;
    const [right, left] = sidesOf(x, y, wanted);
    if (isInside(...right) && !isInside(...left)) {
      return wanted;
    }
  }
  return (direction + 2) % 4;
}

/** The pixels on the right and on the left of the unit edge that leaves a corner. */
function sidesOf(x: number, y: number, direction: number): [[number, number], [number, number]] {
  switch (direction) {
    case 0:
      return [
        [x, y],
        [x, y - 1],
      ];
    case 1:
      return [
        [x - 1, y],
        [x, y],
      ];
    case 2:
      return [
        [x - 1, y - 1],
        [x - 1, y],
      ];
    default:
      return [
        [x, y - 1],
        [x - 1, y - 1],
      ];
  }
}

function keyOf({ x, y }: Corner, width: number): number {
  return y * (width + 1) + x;
}

function remember(ring: Corner, corners: Map<number, Corner[]>, width: number): void {
  let corner = ring;
  do {
    const key = keyOf(corner, width);
    const there = corners.get(key);
    if (there) {
      there.push(corner);
    } else {
      corners.set(key, [corner]);
    }
    corner = corner.next!;
  } while (corner !== ring);
}

/**
 * Rings are found from top to bottom, so what lies straight above a hole's topmost edge, across its piece, has been
 * walked already: the piece's outline, or a hole that is joined to it.
 */
function joinHole(
  hole: Corner,
  { isInside, corners, width }: Grid & { corners: ReadonlyMap<number, readonly Corner[]> },
): void {
  const { x } = hole;
  let y = hole.y - 1;
  while (isInside(x, y - 1)) {
    y -= 1;
  }
  // Of two rings that touch there, the one that runs along the upper edge of the pixel below.
  const above = (corners.get(keyOf({ x, y, next: null }, width)) ?? []).find(
    (corner) => corner.next!.x === x + 1 && corner.next!.y === y,
  );
  if (!above) {
    throw new Error('a hole has no outline around it');
  }
  const back: Corner = { x, y, next: above.next };
  let last = hole;
  while (last.next !== hole) {
    last = last.next!;
  }
  above.next = hole;
  last.next = { x: hole.x, y: hole.y, next: back };
}

/** The ring without corners at which it goes straight on. */
function cornersOf(ring: Corner): Polygon {
  const polygon: number[] = [];
  let before = ring;
  while (before.next !== ring) {
    before = before.next!;
  }
  let corner = ring;
  do {
    const after = corner.next!;
    const isStraight =
      Math.sign(corner.x - before.x) === Math.sign(after.x - corner.x) &&
      Math.sign(corner.y - before.y) === Math.sign(after.y - corner.y);
    if (!isStraight) {
      polygon.push(corner.x, corner.y);
    }
    before = corner;
    corner = after;
  } while (corner !== ring);
  return polygon;
}
