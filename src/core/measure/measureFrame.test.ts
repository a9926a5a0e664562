/** What is measured of shapes of known size, and what has to hold for any masks. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRle, rleArea, type Rle } from '../mask/rle';
import { frameOf, measured, rleWhere, valuesOf } from './__fixtures__/shapes';
import { plainCalibration } from './calibration';
import { labelQuantity, type LabelQuantity } from './quantityValues';
import type { LabelValues } from './frameMeasurement';

const size = { width: 320, height: 240 };

function quantity(id: LabelQuantity, values: LabelValues): number {
  return labelQuantity(id, values, 1, { calibration: plainCalibration, size });
}

function relative(value: number, expected: number): number {
  return value / expected - 1;
}

describe('a disc', () => {
  // Pixels whose centres are inside miss the area pi r^2 by the circle problem, O(r^(2/3)) pixels.
  it.each([12, 33.3, 80, 101.7])('of radius %f', (radius) => {
    const values = valuesOf(
      size,
      rleWhere(size, (x, y) => Math.hypot(x - 160.2, y - 119.6) < radius),
    );
    expect(Math.abs(relative(values.area, Math.PI * radius ** 2))).toBeLessThan(0.012);
    expect(Math.abs(relative(values.perimeter, 2 * Math.PI * radius))).toBeLessThan(0.01);
    expect(values.freePerimeter).toBe(values.perimeter);
    expect(Math.abs(relative(quantity('equivalentDiameter', values), 2 * radius))).toBeLessThan(0.006);
    expect(Math.abs(values.centroidX - 160.2)).toBeLessThan(0.1);
    expect(Math.abs(values.centroidY - 119.6)).toBeLessThan(0.1);
    // A disc's second moment along any line is r^2 / 4, so both axes are 4 sqrt(r^2 / 4) = 2 r.
    expect(Math.abs(relative(quantity('majorAxis', values), 2 * radius))).toBeLessThan(0.01);
    expect(Math.abs(relative(quantity('minorAxis', values), 2 * radius))).toBeLessThan(0.01);
    expect(quantity('elongation', values)).toBeLessThan(1.02);
    expect([values.pieces, values.holes]).toEqual([1, 0]);
  });
});

describe('an ellipse', () => {
  // Half axes a > b, turned by an angle; the perimeter by Ramanujan's second formula, right to 1e-6 for these axes.
  it.each([0, 17, 45, 80, 135])('turned by %f degrees', (degrees) => {
    const [a, b] = [90, 40];
    const angle = (degrees * Math.PI) / 180;
    const rle = rleWhere(size, (x, y) => {
      // Counter-clockwise as seen is against y, which points down.
      const [dx, dy] = [x - 160, 120 - y];
      const along = dx * Math.cos(angle) + dy * Math.sin(angle);
      const across = dy * Math.cos(angle) - dx * Math.sin(angle);
      return (along / a) ** 2 + (across / b) ** 2 < 1;
    });
    const values = valuesOf(size, rle);
    const h = ((a - b) / (a + b)) ** 2;
    const perimeter = Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
    expect(Math.abs(relative(values.area, Math.PI * a * b))).toBeLessThan(0.004);
    expect(Math.abs(relative(values.perimeter, perimeter))).toBeLessThan(0.01);
    expect(Math.abs(relative(quantity('majorAxis', values), 2 * a))).toBeLessThan(0.005);
    expect(Math.abs(relative(quantity('minorAxis', values), 2 * b))).toBeLessThan(0.005);
    expect(Math.abs(relative(quantity('elongation', values), a / b))).toBeLessThan(0.005);
    expect(Math.abs(quantity('eccentricity', values) - Math.sqrt(1 - (b / a) ** 2))).toBeLessThan(0.003);
    const up = labelQuantity('orientation', values, 1, {
      calibration: { ...plainCalibration, yAxis: 'up' },
      size,
    });
    const apart = Math.abs(up - (degrees > 90 ? degrees - 180 : degrees));
    expect(apart).toBeLessThan(0.3);
  });
});

describe('an annulus', () => {
  it('has the outlines of both circles, and a hole', () => {
    const [outer, inner] = [90, 50];
    const rle = rleWhere(size, (x, y) => {
      const radius = Math.hypot(x - 160, y - 120);
      return radius < outer && radius >= inner;
    });
    const values = valuesOf(size, rle);
    expect(Math.abs(relative(values.area, Math.PI * (outer ** 2 - inner ** 2)))).toBeLessThan(0.004);
    expect(Math.abs(relative(values.perimeter, 2 * Math.PI * (outer + inner)))).toBeLessThan(0.01);
    // Second moment (R^2 + r^2) / 4 along any line.
    expect(Math.abs(relative(quantity('majorAxis', values), 2 * Math.hypot(outer, inner)))).toBeLessThan(
      0.005,
    );
    expect([values.pieces, values.holes]).toEqual([1, 1]);
  });
});

describe('a rectangle', () => {
  it('has exact area, box, centroid and moments, and its perimeter but for the corners', () => {
    const [w, h] = [120, 50];
    const values = valuesOf(
      size,
      rleWhere(size, (x, y) => x > 40 && x < 40 + w && y > 30 && y < 30 + h),
    );
    expect(values).toMatchObject({
      area: w * h,
      boxX0: 40,
      boxY0: 30,
      boxX1: 160,
      boxY1: 80,
      centroidX: 100,
      centroidY: 55,
    });
    // n equally spaced points at distance 1 have the variance (n^2 - 1) / 12.
    expect(values.varXX).toBeCloseTo((w * w - 1) / 12, 8);
    expect(values.varYY).toBeCloseTo((h * h - 1) / 12, 8);
    expect(values.varXY).toBeCloseTo(0, 8);
    // Each corner is rounded by less than a pixel.
    expect(values.perimeter).toBeGreaterThan(2 * (w + h) - 4);
    expect(values.perimeter).toBeLessThan(2 * (w + h));
    expect(quantity('orientation', values)).toBe(0);
  });

  it('counts the border of the picture as outline, but not as free outline', () => {
    const half = valuesOf(
      size,
      rleWhere(size, (_, y) => y < 100),
    );
    expect(half.freePerimeter).toBeCloseTo(size.width, 9);
    expect(half.perimeter).toBeCloseTo(2 * size.width + 200, 9);
  });
});

describe('a straight line between two labels', () => {
  it.each([0, 5, 10, 22.5, 30, 40, 45, 60, 75, 90])('at %f degrees is right within 1.5 %', (degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const isAbove = (x: number, y: number): boolean =>
      (y - 120) * Math.cos(angle) > (x - 160) * Math.sin(angle);
    const { labels, pairs } = measured(
      frameOf(size, [rleWhere(size, isAbove), rleWhere(size, (x, y) => !isAbove(x, y))]),
    );
    // From border to border through the middle.
    const length = Math.min(size.width / Math.abs(Math.cos(angle)), size.height / Math.abs(Math.sin(angle)));
    expect(Math.abs(relative(pairs[0]!.values.contactLength, length))).toBeLessThan(0.015);
    expect(Math.abs(relative(labels[0]!.values.freePerimeter, length))).toBeLessThan(0.015);
    expect(pairs[0]!.values.distance).toBe(0);
    expect(pairs[0]!.values.overlapArea).toBe(0);
  });
});

/** Up to three masks on a small picture; they may overlap. */
const anyMasks = fc
  .record({ width: fc.integer({ min: 1, max: 13 }), height: fc.integer({ min: 1, max: 11 }) })
  .chain((small) =>
    fc
      .array(
        fc.array(fc.constantFrom(0, 0, 1, 1, 1), {
          minLength: small.width * small.height,
          maxLength: small.width * small.height,
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((all) => ({ small, all: all.map((values) => Uint8Array.from(values)) })),
  );

function turned(values: Uint8Array, width: number, kind: 'flip' | 'turn'): Uint8Array {
  const height = values.length / width;
  return values.map((_, index) => {
    if (kind === 'flip') {
      return values[Math.floor(index / width) * width + width - 1 - (index % width)]!;
    }
    // Transposed: the other way round, rows become columns.
    return values[(index % height) * width + Math.floor(index / height)]!;
  });
}

function rlesOf(all: readonly Uint8Array[], width: number): Rle[] {
  return all.map((data) => encodeRle({ width, height: data.length / width, data: Uint8Array.from(data) }));
}

describe('any masks', () => {
  it('are counted as a label map of them is', () => {
    fc.assert(
      fc.property(anyMasks, ({ small, all }) => {
        const { labels, measuredAreaPx } = measured(frameOf(small, rlesOf(all, small.width)));
        const owners = all[0]!.map((_, pixel) => all.findLastIndex((values) => values[pixel] === 1) + 1);
        expect(measuredAreaPx).toBe(small.width * small.height);
        labels.forEach(({ values }, index) => {
          const own = [...owners.keys()].filter((pixel) => owners[pixel] === index + 1);
          const xs = own.map((pixel) => (pixel % small.width) + 0.5);
          const ys = own.map((pixel) => Math.floor(pixel / small.width) + 0.5);
          const mean = (list: number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
          expect(values.area).toBe(own.length);
          if (own.length > 0) {
            expect(values.centroidX).toBeCloseTo(mean(xs), 9);
            expect(values.centroidY).toBeCloseTo(mean(ys), 9);
            expect(values.boxX0).toBe(Math.min(...xs) - 0.5);
            expect(values.boxY1).toBe(Math.max(...ys) + 0.5);
            expect(values.varXY).toBeCloseTo(mean(xs.map((x, i) => (x - mean(xs)) * (ys[i]! - mean(ys)))), 9);
          } else {
            expect([values.centroidX, values.boxX0, values.varXX]).toEqual([NaN, NaN, NaN]);
            expect([values.perimeter, values.pieces, values.holes]).toEqual([0, 0, 0]);
          }
        });
      }),
    );
  });

  it('measure the same when the picture is flipped or transposed', () => {
    fc.assert(
      fc.property(anyMasks, fc.constantFrom<'flip' | 'turn'>('flip', 'turn'), ({ small, all }, kind) => {
        const after = kind === 'flip' ? small : { width: small.height, height: small.width };
        const one = measured(frameOf(small, rlesOf(all, small.width)));
        const two = measured(
          frameOf(
            after,
            rlesOf(
              all.map((values) => turned(values, small.width, kind)),
              after.width,
            ),
          ),
        );
        one.labels.forEach(({ values }, index) => {
          const same = two.labels[index]!.values;
          for (const id of ['area', 'perimeter', 'freePerimeter', 'pieces', 'holes'] as const) {
            expect(same[id]).toBeCloseTo(values[id], 9);
          }
        });
        one.pairs.forEach(({ values }, index) => {
          for (const id of ['contactLength', 'overlapArea', 'distance'] as const) {
            const other = two.pairs[index]!.values[id];
            expect(Number.isNaN(other) === Number.isNaN(values[id])).toBe(true);
            expect(Math.abs(other - values[id])).not.toBeGreaterThan(1e-9);
          }
        });
      }),
    );
  });

  it('share their free outline with what fills all the rest, and nothing with what they do not touch', () => {
    fc.assert(
      fc.property(anyMasks, ({ small, all }) => {
        const [mask] = all;
        const [one, rest] = rlesOf([mask!, mask!.map((value) => 1 - value)], small.width);
        const { labels, pairs } = measured(frameOf(small, [one!, rest!]));
        const [a, b] = labels.map(({ values }) => values);
        const { contactLength, distance } = pairs[0]!.values;
        expect(contactLength).toBeCloseTo((a!.freePerimeter + b!.freePerimeter) / 2, 9);
        expect(contactLength > 0).toBe(distance === 0);
        // Between the edges' count and that by which a diagonal has fewer.
        expect(a!.perimeter).toBeLessThanOrEqual(4 * a!.area + 1e-9);
      }),
    );
    const apart = measured(frameOf(size, [rleWhere(size, (x) => x < 50), rleWhere(size, (x) => x > 51)]))
      .pairs[0]!.values;
    expect(apart).toMatchObject({ contactLength: 0, distance: 1 });
  });

  it('have the distance of their nearest pixels, and overlap where both are', () => {
    fc.assert(
      fc.property(anyMasks, ({ small, all }) => {
        const { pairs } = measured(frameOf(small, rlesOf(all, small.width)));
        const owners = all[0]!.map((_, pixel) => all.findLastIndex((values) => values[pixel] === 1) + 1);
        const pixels = (owner: number): number[] =>
          [...owners.keys()].filter((pixel) => owners[pixel] === owner);
        for (const { objectId, otherId, values } of pairs) {
          const gaps = pixels(objectId).flatMap((p) =>
            pixels(otherId).map((q) =>
              Math.hypot(
                Math.max(0, Math.abs((p % small.width) - (q % small.width)) - 1),
                Math.max(0, Math.abs(Math.floor(p / small.width) - Math.floor(q / small.width)) - 1),
              ),
            ),
          );
          expect(values.distance).toBe(gaps.length === 0 ? NaN : Math.min(...gaps));
          const [a, b] = [all[objectId - 1]!, all[otherId - 1]!];
          expect(values.overlapArea).toBe(a.filter((value, pixel) => value === 1 && b[pixel] === 1).length);
        }
      }),
    );
  });

  it('lose what is excluded, and nothing else', () => {
    fc.assert(
      fc.property(anyMasks, ({ small, all }) => {
        const [excluded, ...rest] = rlesOf(all, small.width);
        const { labels, measuredAreaPx } = measured(frameOf(small, rest, excluded));
        expect(measuredAreaPx).toBe(small.width * small.height - rleArea(excluded!));
        labels.forEach(({ values }, index) => {
          const own = all[0]!.filter(
            (isOut, pixel) =>
              isOut === 0 && all.slice(1).findLastIndex((mask) => mask[pixel] === 1) === index,
          );
          expect(values.area).toBe(own.length);
        });
      }),
    );
  });
});

describe('scale and place', () => {
  it('change lengths, areas and positions as they should', () => {
    const shape = (x: number, y: number): boolean => Math.hypot(x - 50, (y - 40) * 1.7) < 30 && x + y > 70;
    const small = valuesOf(size, rleWhere(size, shape));
    const moved = valuesOf(
      size,
      rleWhere(size, (x, y) => shape(x - 101, y - 57)),
    );
    expect(moved.area).toBe(small.area);
    expect(moved.perimeter).toBeCloseTo(small.perimeter, 9);
    expect(moved.centroidX - small.centroidX).toBeCloseTo(101, 9);
    expect(moved.centroidY - small.centroidY).toBeCloseTo(57, 9);
    expect(moved.varXY).toBeCloseTo(small.varXY, 8);
    const doubled = valuesOf(
      size,
      rleWhere(size, (x, y) => shape(Math.ceil(x / 2) - 0.5, Math.ceil(y / 2) - 0.5)),
    );
    expect(doubled.area).toBe(4 * small.area);
    expect(doubled.centroidX).toBeCloseTo(2 * small.centroidX, 9);
    // Doubled pixels have doubled steps, which a finer drawing of the shape has not.
    const finer = valuesOf(
      size,
      rleWhere(size, (x, y) => shape(x / 2, y / 2)),
    );
    expect(Math.abs(relative(finer.perimeter, 2 * small.perimeter))).toBeLessThan(0.02);
    expect([doubled.pieces, doubled.holes]).toEqual([small.pieces, small.holes]);
  });
});

describe('pieces and holes', () => {
  it('are told apart by corners', () => {
    const picture = ['#.#....', '.#..##.', '....#.#', '##..##.', '....... '];
    const rle = rleWhere({ width: 7, height: 5 }, (x, y) => picture[Math.floor(y)]![Math.floor(x)] === '#');
    // The V hangs together by its corners; so does the ring with the one on its right.
    const { pieces, holes } = valuesOf({ width: 7, height: 5 }, rle);
    expect([pieces, holes]).toEqual([3, 1]);
  });
});

describe('flow', () => {
  it('knows a layer with a straight slope by its profile', () => {
    // From row 60 at the left to row 100 at the right: the share of row y falls linearly, so W = h / 6.
    const rle = rleWhere(size, (x, y) => y > 60 + (x / size.width) * 40 && y < 200);
    const values = valuesOf(size, rle);
    expect(values.upperEdgeMean).toBeCloseTo(80, 0);
    expect([values.upperEdgeMin, values.upperEdgeMax]).toEqual([60, 100]);
    expect([values.lowerEdgeMean, values.lowerEdgeMin, values.lowerEdgeMax]).toEqual([200, 200, 200]);
    expect(Math.abs(relative(values.mixingWidth, 40 / 6))).toBeLessThan(0.01);
    expect(Math.abs(values.mixingWidth99 - 0.98 * 40)).toBeLessThanOrEqual(1);
    expect(values.columnFractionMean).toBeCloseTo(120 / 240, 2);
  });
});
