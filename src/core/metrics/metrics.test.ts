/** The DAVIS measures against values worked out by hand, and against a slow version that only follows the definition. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask } from '../mask/binaryMask';
import { boundaryPixels, contourAccuracy } from './contourAccuracy';
import { regionSimilarity } from './regionSimilarity';

function maskOf(...rows: readonly string[]): BinaryMask {
  const data = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0));
  return { width: rows[0]!.length, height: rows.length, data };
}

function emptyMask(width: number, height: number): BinaryMask {
  return { width, height, data: new Uint8Array(width * height) };
}

function rectangle(
  width: number,
  height: number,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): BinaryMask {
  const mask = emptyMask(width, height);
  for (let y = y0; y < y1; y += 1) {
    mask.data.fill(1, y * width + x0, y * width + x1);
  }
  return mask;
}

/** Blobs of rectangles: random pixels would be all outline. */
const twoMasks = fc
  .record({ width: fc.integer({ min: 1, max: 150 }), height: fc.integer({ min: 1, max: 150 }) })
  .chain(({ width, height }) => {
    const box = fc.tuple(fc.nat(width), fc.nat(height), fc.nat(width), fc.nat(height));
    const mask = fc.array(box, { maxLength: 4 }).map((boxes) => {
      const data = new Uint8Array(width * height);
      for (const [a, b, c, d] of boxes) {
        const one = rectangle(width, height, [
          Math.min(a, c),
          Math.min(b, d),
          Math.max(a, c),
          Math.max(b, d),
        ]);
        one.data.forEach((value, index) => {
          data[index] = data[index]! ^ value;
        });
      }
      return { width, height, data };
    });
    return fc.tuple(mask, mask);
  });

/** seg2bmap, written as the shifted pictures of the published code. */
function slowBoundary({ width, height, data }: BinaryMask): boolean[] {
  const at = (x: number, y: number): number | null => (x < width && y < height ? data[y * width + x]! : null);
  return Array.from(data, (value, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return [at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)].some((other) => other !== null && other !== value);
  });
}

function slowF(mask: BinaryMask, truth: BinaryMask): number {
  const { width, height } = mask;
  const radius = Math.ceil(0.008 * Math.sqrt(width ** 2 + height ** 2));
  const isNear = (map: readonly boolean[], index: number): boolean =>
    map.some(
      (isOn, other) =>
        isOn &&
        ((other % width) - (index % width)) ** 2 +
          (Math.floor(other / width) - Math.floor(index / width)) ** 2 <=
          radius ** 2,
    );
  const maps = [slowBoundary(mask), slowBoundary(truth)] as const;
  const shares = ([one, other]: readonly [boolean[], boolean[]]): number | null => {
    const pixels = [...one.keys()].filter((index) => one[index]);
    return pixels.length === 0 ? null : pixels.filter((index) => isNear(other, index)).length / pixels.length;
  };
  const precision = shares(maps);
  const recall = shares([maps[1], maps[0]]);
  if (precision === null || recall === null) {
    return precision === recall ? 1 : 0;
  }
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

describe('regionSimilarity', () => {
  it('is intersection over union', () => {
    const mask = maskOf('##..', '##..');
    expect(regionSimilarity(mask, maskOf('.##.', '.##.'))).toBe(2 / 6);
    expect(regionSimilarity(mask, mask)).toBe(1);
    expect(regionSimilarity(mask, maskOf('..##', '..##'))).toBe(0);
  });

  it('is 1 for two empty masks, and 0 when only one is empty', () => {
    expect(regionSimilarity(emptyMask(3, 2), emptyMask(3, 2))).toBe(1);
    expect(regionSimilarity(emptyMask(2, 1), maskOf('#.'))).toBe(0);
  });
});

describe('boundaryPixels', () => {
  it('marks where the right, lower or diagonal neighbour differs', () => {
    const mask = maskOf('.....', '.##..', '.##..', '.....', '.....');
    // By hand: row 0 sees the square below; rows 1 and 2 its left and right edge; row 2 also its lower edge.
    expect([...boundaryPixels(mask)]).toEqual([0, 1, 2, 5, 7, 10, 11, 12]);
  });

  it('looks only down in the right column and only right in the bottom row', () => {
    expect([...boundaryPixels(maskOf('..', '.#'))]).toEqual([0, 1, 2]);
    expect([...boundaryPixels(maskOf('##', '##'))]).toEqual([]);
  });
});

describe('contourAccuracy', () => {
  it('forgives what lies within the radius, and nothing beyond', () => {
    // 100 x 75: the diagonal is 125, and the radius exactly 1.
    const truth = rectangle(100, 75, [20, 20, 60, 50]);
    expect(contourAccuracy(rectangle(100, 75, [21, 20, 61, 50]), truth)).toBe(1);
    const far = rectangle(100, 75, [70, 20, 90, 50]);
    expect(contourAccuracy(far, truth)).toBe(0);
  });

  it('is the harmonic mean of precision and recall', () => {
    // Columns as masks: an outline of one pixel for each row. The mask has one line, the truth that and a far one.
    const line = (xs: readonly number[]): BinaryMask => {
      const mask = emptyMask(100, 75);
      const isOn = (x: number): boolean => xs.filter((edge) => edge < x).length % 2 === 1;
      mask.data.forEach((_, index) => {
        mask.data[index] = isOn(index % 100) ? 1 : 0;
      });
      return mask;
    };
    expect(boundaryPixels(line([30])).length).toBe(75);
    // Precision 1, recall 1/2.
    expect(contourAccuracy(line([30]), line([30, 70]))).toBeCloseTo(2 / 3, 12);
    expect(contourAccuracy(line([30, 70]), line([30]))).toBeCloseTo(2 / 3, 12);
  });

  it('is 1 without any outline, and 0 when only one mask has one', () => {
    const full = rectangle(40, 30, [0, 0, 40, 30]);
    expect(contourAccuracy(emptyMask(40, 30), full)).toBe(1);
    expect(contourAccuracy(emptyMask(40, 30), rectangle(40, 30, [5, 5, 10, 10]))).toBe(0);
    expect(contourAccuracy(rectangle(40, 30, [5, 5, 10, 10]), emptyMask(40, 30))).toBe(0);
  });

  it('agrees with the definition on any masks, is symmetric, and 1 for equal ones', () => {
    fc.assert(
      fc.property(twoMasks, ([mask, truth]) => {
        const f = contourAccuracy(mask, truth);
        expect(f).toBeCloseTo(slowF(mask, truth), 10);
        expect(contourAccuracy(truth, mask)).toBeCloseTo(f, 12);
        expect(contourAccuracy(mask, mask)).toBe(1);
        expect(regionSimilarity(mask, truth)).toBe(regionSimilarity(truth, mask));
      }),
      { numRuns: 60 },
    );
  });
});

describe('void pixels', () => {
  it('count in no measure, whatever the masks have there', () => {
    fc.assert(
      fc.property(twoMasks, fc.integer({ min: 2, max: 5 }), ([mask, truth], every) => {
        const ignored = { ...mask, data: mask.data.map((_, pixel) => (pixel % every === 0 ? 1 : 0)) };
        const other = {
          ...mask,
          data: mask.data.map((value, pixel) => (pixel % every === 0 ? 1 - value : value)),
        };
        expect(regionSimilarity(other, truth, ignored)).toBe(regionSimilarity(mask, truth, ignored));
        expect(contourAccuracy(other, truth, ignored)).toBe(contourAccuracy(mask, truth, ignored));
      }),
      { numRuns: 30 },
    );
  });

  it('are left out of the union, too', () => {
    const truth = maskOf('##..', '....');
    const ignored = maskOf('...#', '####');
    expect(regionSimilarity(maskOf('#..#', '####'), truth, ignored)).toBe(0.5);
    expect(regionSimilarity(maskOf('##.#', '#..#'), truth, ignored)).toBe(1);
  });
});
