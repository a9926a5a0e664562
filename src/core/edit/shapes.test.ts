/** Brushes, polygons and fills against what they say pixel by pixel. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Point } from '../geometry/box';
import { maskBox, type BinaryMask } from '../mask/binaryMask';
import { encodeRle } from '../mask/rle';
import { encodeRleInBox } from './boxRle';
import { floodFill } from './floodFill';
import { polygonMask, type FillRule } from './polygonMask';
import { strokeMask, type StrokePoint } from './strokeMask';

const SIZE = { width: 24, height: 17 };

function blank(): BinaryMask {
  return { ...SIZE, data: new Uint8Array(SIZE.width * SIZE.height) };
}

/** A little outside the picture, too; on no grid, so that few centres lie exactly on an outline. */
const anyPoint = fc.record({
  x: fc.double({ min: -5, max: 29, noNaN: true }),
  y: fc.double({ min: -5, max: 22, noNaN: true }),
});

const anyStroke = fc.array(
  fc.record({
    x: fc.double({ min: -5, max: 29, noNaN: true }),
    y: fc.double({ min: -5, max: 22, noNaN: true }),
    radiusPx: fc.double({ min: 0, max: 8, noNaN: true }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** How far the brush reaches beyond a place at its nearest: negative inside. Tries many places along the way. */
function distanceToSweep(at: Point, a: StrokePoint, b: StrokePoint): number {
  let nearest = Infinity;
  for (let step = 0; step <= 500; step += 1) {
    const t = step / 500;
    const radius = Math.max(0.5, a.radiusPx) + t * (Math.max(0.5, b.radiusPx) - Math.max(0.5, a.radiusPx));
    const x = a.x + t * (b.x - a.x);
    const y = a.y + t * (b.y - a.y);
    nearest = Math.min(nearest, Math.hypot(at.x - x, at.y - y) - radius);
  }
  return nearest;
}

function forEachPixel(visit: (x: number, y: number, index: number) => void): void {
  for (let y = 0; y < SIZE.height; y += 1) {
    for (let x = 0; x < SIZE.width; x += 1) {
      visit(x, y, y * SIZE.width + x);
    }
  }
}

function isInside(box: Box | null, x: number, y: number): boolean {
  return box !== null && x >= box[0] && x < box[2] && y >= box[1] && y < box[3];
}

describe('strokeMask', () => {
  it('covers the centres that the brush passes, and no others', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyStroke, (points) => {
        const mask = blank();
        const dirty = strokeMask(mask, points);
        forEachPixel((x, y, index) => {
          const centre = { x: x + 0.5, y: y + 0.5 };
          const away = Math.min(
            ...points.map((point, at) => distanceToSweep(centre, point, points[at + 1] ?? point)),
          );
          const isUnder = points.some((point) => Math.floor(point.x) === x && Math.floor(point.y) === y);
          // The naive walk takes small steps: what it misses by less than one proves nothing.
          if (Math.abs(away) > 0.05) {
            expect(mask.data[index], `pixel ${x}, ${y}`).toBe(away < 0 || isUnder ? 1 : 0);
          }
          expect(mask.data[index] === 0 || isInside(dirty, x, y)).toBe(true);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('goes on with a stroke from its last point as if it had been one', () => {
    fc.assert(
      fc.property(anyStroke, anyStroke, (first, rest) => {
        const whole = blank();
        strokeMask(whole, [...first, ...rest]);
        const parts = blank();
        strokeMask(parts, first);
        strokeMask(parts, [first.at(-1)!, ...rest]);
        expect(parts.data).toEqual(whole.data);
      }),
    );
  });

  it('paints the pixel under a pointer however thin the brush', () => {
    const mask = blank();
    expect(strokeMask(mask, [{ x: 3.99, y: 4.01, radiusPx: 0 }])).toEqual([3, 4, 4, 5]);
    expect(mask.data[4 * SIZE.width + 3]).toBe(1);
    expect(strokeMask(mask, [{ x: -40, y: 4, radiusPx: 3 }])).toBeNull();
  });
});

/** Winding number and crossing count of a ray to the left. */
function naiveInside(points: readonly Point[], x: number, y: number, rule: FillRule): boolean {
  let winding = 0;
  let crossings = 0;
  points.forEach((p, index) => {
    const q = points[(index + 1) % points.length]!;
    if (p.y <= y !== q.y <= y) {
      const at = p.x + ((y - p.y) / (q.y - p.y)) * (q.x - p.x);
      if (at < x) {
        crossings += 1;
        winding += p.y < q.y ? 1 : -1;
      }
    }
  });
  return rule === 'evenOdd' ? crossings % 2 === 1 : winding !== 0;
}

describe('polygonMask', () => {
  it.each(['evenOdd', 'nonZero'] as const)('fills the centres inside, by the rule %s', (rule) => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1, maxLength: 9 }), (points) => {
        const mask = blank();
        const box = polygonMask(mask, points, rule);
        expect(box).toEqual(maskBox(mask));
        forEachPixel((x, y, index) => {
          expect(mask.data[index], `pixel ${x}, ${y}`).toBe(
            naiveInside(points, x + 0.5, y + 0.5, rule) ? 1 : 0,
          );
        });
      }),
    );
  });

  it('gives each pixel to one of two polygons that share an edge', () => {
    const corner = fc.record({ x: fc.integer({ min: 0, max: 24 }), y: fc.integer({ min: 0, max: 17 }) });
    fc.assert(
      fc.property(corner, corner, (a, b) => {
        // The edge from a to b, on half pixels, cuts the picture's rectangle of four far corners in two.
        const top = { x: a.x + 0.5, y: -1 };
        const bottom = { x: b.x + 0.5, y: 18 };
        const left = blank();
        polygonMask(left, [{ x: -1, y: -1 }, top, bottom, { x: -1, y: 18 }]);
        const right = blank();
        polygonMask(right, [top, { x: 30, y: -1 }, { x: 30, y: 18 }, bottom]);
        expect(left.data.map((value, index) => value + right.data[index]!)).toEqual(
          new Uint8Array(SIZE.width * SIZE.height).fill(1),
        );
      }),
    );
  });

  it('tells the rules apart where a polygon crosses itself', () => {
    const star = [0, 2, 4, 1, 3].map((at) => ({
      x: 12 + 8 * Math.sin((at * 2 * Math.PI) / 5),
      y: 8.5 - 8 * Math.cos((at * 2 * Math.PI) / 5),
    }));
    const centre = 8 * SIZE.width + 12;
    const evenOdd = blank();
    polygonMask(evenOdd, star, 'evenOdd');
    const nonZero = blank();
    polygonMask(nonZero, star, 'nonZero');
    expect([evenOdd.data[centre], nonZero.data[centre]]).toEqual([0, 1]);
  });
});

describe('floodFill', () => {
  it('takes what can be reached through pixels of one label, and no more', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 7 * 6, maxLength: 7 * 6 }),
        fc.nat(6),
        fc.nat(5),
        (values, x, y) => {
          const map = { width: 7, height: 6, data: Uint8Array.from(values) };
          const naive = new Uint8Array(42);
          const waiting: [number, number][] = [[x, y]];
          for (let at = waiting.pop(); at; at = waiting.pop()) {
            const [px, py] = at;
            const index = py * 7 + px;
            const isOut = px < 0 || py < 0 || px > 6 || py > 5;
            if (!isOut && !naive[index] && map.data[index] === map.data[y * 7 + x]) {
              naive[index] = 1;
              waiting.push([px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]);
            }
          }
          expect(floodFill(map, x, y).data).toEqual(naive);
        },
      ),
    );
  });

  it('takes nothing outside the picture', () => {
    expect(floodFill({ width: 2, height: 1, data: Uint8Array.of(0, 0) }, 2, 0).data).toEqual(
      Uint8Array.of(0, 0),
    );
  });
});

describe('encodeRleInBox', () => {
  it('is encodeRle of what a stroke left in its box', () => {
    fc.assert(
      fc.property(anyStroke, (points) => {
        const mask = blank();
        const dirty = strokeMask(mask, points);
        expect(encodeRleInBox(mask, dirty)).toEqual(encodeRle(mask));
      }),
    );
  });
});
