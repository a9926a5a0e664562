/** Cleaning, growing, smoothing and interpolating masks, against naive models of each. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask } from '../mask/binaryMask';
import { decodeRle, encodeRle, rleArea, rleBox, type Rle } from '../mask/rle';
import { fillHolesUpTo, keepLargest, keepTouching, removeSpecks } from './cleanMask';
import { complementSpans, rleOfSpans, spansOf } from './columnSpans';
import { signedDistances, squaredDistances } from './distanceTransform';
import { growShrink } from './growShrink';
import { interpolateMasks, maskInterpolator } from './interpolateMasks';
import { smoothMask } from './smoothMask';

const anyMask: fc.Arbitrary<BinaryMask> = fc
  .record({ width: fc.integer({ min: 1, max: 15 }), height: fc.integer({ min: 1, max: 13 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, { weight: 3, arbitrary: fc.constant(0) }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values) => ({ width, height, data: Uint8Array.from(values) })),
  );

const steps4 = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;
const steps8 = [...steps4, [1, 1], [1, -1], [-1, 1], [-1, -1]] as const;

/** The pieces with the value, as lists of pixels in row order of their first one. */
function naivePieces({ width, height, data }: BinaryMask, value: 0 | 1): number[][] {
  const seen = new Uint8Array(data.length);
  const pieces: number[][] = [];
  data.forEach((_, start) => {
    if (data[start] !== value || seen[start]) {
      return;
    }
    const piece: number[] = [];
    const waiting = [start];
    seen[start] = 1;
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      piece.push(at);
      for (const [dx, dy] of value ? steps8 : steps4) {
        const x: number = (at % width) + dx;
        const y: number = Math.floor(at / width) + dy;
        const next = y * width + x;
        if (x >= 0 && y >= 0 && x < width && y < height && data[next] === value && !seen[next]) {
          seen[next] = 1;
          waiting.push(next);
        }
      }
    }
    pieces.push(piece);
  });
  return pieces;
}

function withPixels(mask: BinaryMask, pixels: readonly number[], value: 0 | 1): BinaryMask {
  const data = mask.data.slice();
  pixels.forEach((pixel) => {
    data[pixel] = value;
  });
  return { ...mask, data };
}

describe('spans', () => {
  it('come back as the run lengths they were', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const rle = encodeRle(mask);
        expect(rleOfSpans(spansOf(rle))).toEqual(rle);
        const inverse = { ...mask, data: mask.data.map((value) => value ^ 1) };
        expect(rleOfSpans(complementSpans(spansOf(rle)))).toEqual(encodeRle(inverse));
      }),
    );
  });
});

describe('cleaning by pieces', () => {
  it('fills holes up to a size, and nothing that reaches the border', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 0, max: 12 }), (mask, maxPx) => {
        const holes = naivePieces(mask, 0).filter(
          (piece) =>
            piece.length <= maxPx &&
            piece.every((at) => {
              const x = at % mask.width;
              const y = Math.floor(at / mask.width);
              return x > 0 && y > 0 && x < mask.width - 1 && y < mask.height - 1;
            }),
        );
        expect(decodeRle(fillHolesUpTo(encodeRle(mask), maxPx))).toEqual(withPixels(mask, holes.flat(), 1));
      }),
    );
  });

  it('drops specks below a size', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 0, max: 12 }), (mask, minPx) => {
        const specks = naivePieces(mask, 1).filter((piece) => piece.length < minPx);
        expect(decodeRle(removeSpecks(encodeRle(mask), minPx))).toEqual(withPixels(mask, specks.flat(), 0));
      }),
    );
  });

  it('keeps one of the largest pieces whole', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const pieces = naivePieces(mask, 1);
        const largest = Math.max(0, ...pieces.map((piece) => piece.length));
        const empty = { ...mask, data: new Uint8Array(mask.data.length) };
        const candidates = pieces
          .filter((piece) => piece.length === largest)
          .map((piece) => withPixels(empty, piece, 1));
        expect(candidates.length === 0 ? [mask] : candidates).toContainEqual(
          decodeRle(keepLargest(encodeRle(mask))),
        );
      }),
    );
  });

  it('keeps the pieces that touch the previous mask', () => {
    const twoMasks = anyMask.chain((mask) =>
      fc
        .array(fc.integer({ min: 0, max: 9 }), { minLength: mask.data.length, maxLength: mask.data.length })
        .map((values) => ({
          mask,
          previous: { ...mask, data: Uint8Array.from(values, (v) => (v ? 0 : 1)) },
        })),
    );
    fc.assert(
      fc.property(twoMasks, ({ mask, previous }) => {
        const rle = encodeRle(mask);
        const pieces = naivePieces(mask, 1);
        const away = pieces.filter((piece) => !piece.some((at) => previous.data[at]));
        const kept = decodeRle(keepTouching(rle, encodeRle(previous)));
        if (!previous.data.includes(1)) {
          expect(kept).toEqual(mask);
        } else if (away.length === pieces.length) {
          expect(kept).toEqual(decodeRle(keepLargest(rle)));
        } else {
          expect(kept).toEqual(withPixels(mask, away.flat(), 0));
        }
      }),
    );
  });

  it('gives back the mask itself when there is nothing to clean', () => {
    const rle = encodeRle({ width: 4, height: 3, data: Uint8Array.of(0, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0) });
    expect(fillHolesUpTo(rle)).toBe(rle);
    expect(removeSpecks(rle, 4)).toBe(rle);
    expect(keepLargest(rle)).toBe(rle);
    expect(keepTouching(rle, rle)).toBe(rle);
  });
});

function naiveSquaredDistance(mask: BinaryMask, value: 0 | 1, x: number, y: number): number {
  let nearest = Infinity;
  mask.data.forEach((pixel, at) => {
    if (pixel === value) {
      const dx = (at % mask.width) - x;
      const dy = Math.floor(at / mask.width) - y;
      nearest = Math.min(nearest, dx * dx + dy * dy);
    }
  });
  return nearest;
}

describe('distances', () => {
  it('are those to the nearest pixel', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { width, height, data } = mask;
        const squared = squaredDistances(data, width, height);
        data.forEach((_, at) => {
          const naive = naiveSquaredDistance(mask, 1, at % width, Math.floor(at / width));
          if (naive === Infinity) {
            expect(squared[at]).toBeGreaterThanOrEqual(1e12);
          } else {
            expect(squared[at]).toBe(naive);
          }
        });
      }),
    );
  });

  it('are negative inside and alike on both sides of the outline', () => {
    expect([...signedDistances(Uint8Array.of(0, 0, 1, 1, 0), 5, 1)]).toEqual([1.5, 0.5, -0.5, -0.5, 0.5]);
  });
});

describe('growShrink', () => {
  it('moves the outline by an exact distance', () => {
    fc.assert(
      fc.property(anyMask, fc.double({ min: -5, max: 5, noNaN: true }), (mask, px) => {
        const grown = decodeRle(growShrink(encodeRle(mask), px));
        const expected = mask.data.map((_, at) => {
          const [x, y] = [at % mask.width, Math.floor(at / mask.width)];
          return px >= 0
            ? Number(naiveSquaredDistance(mask, 1, x, y) <= px * px)
            : Number(naiveSquaredDistance(mask, 0, x, y) > px * px);
        });
        expect(grown.data).toEqual(expected);
      }),
    );
  });

  it('cuts the distance transform', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 1, max: 6 }), (mask, px) => {
        const squared = squaredDistances(mask.data, mask.width, mask.height);
        expect([...decodeRle(growShrink(encodeRle(mask), px)).data]).toEqual(
          [...squared].map((value) => (value <= px * px ? 1 : 0)),
        );
      }),
    );
  });
});

function box(width: number, height: number, [x0, y0, x1, y1]: readonly number[]): Rle {
  const data = new Uint8Array(width * height);
  for (let y = y0!; y < y1!; y += 1) {
    data.fill(1, y * width + x0!, y * width + x1!);
  }
  return encodeRle({ width, height, data });
}

describe('smoothMask', () => {
  it('takes away specks and threads, fills pinholes, and leaves straight edges', () => {
    const mask = decodeRle(box(60, 40, [0, 0, 20, 40]));
    mask.data[10 * 60 + 30] = 1;
    mask.data[8 * 60 + 10] = 0;
    mask.data.fill(1, 30 * 60 + 20, 30 * 60 + 45);
    const smooth = decodeRle(smoothMask(encodeRle(mask), 2));
    // Where the thread hangs on, the edge may be left with a bump.
    expect(rleBox(encodeRle(smooth))![2]).toBeLessThanOrEqual(22);
    expect(smooth.data.subarray(0, 22 * 60)).toEqual(
      decodeRle(box(60, 40, [0, 0, 20, 40])).data.subarray(0, 22 * 60),
    );
  });

  it('does to a background what it does to a mask', () => {
    fc.assert(
      fc.property(anyMask, fc.integer({ min: 1, max: 2 }), (mask, px) => {
        // On this canvas both are far enough from the border, so that the crop around the mask shows.
        const wide = decodeRle(box(40, 40, [0, 0, 0, 0]));
        mask.data.forEach((value, at) => {
          wide.data[(12 + Math.floor(at / mask.width)) * 40 + 12 + (at % mask.width)] = value;
        });
        const inverse = { ...wide, data: wide.data.map((value) => value ^ 1) };
        const smooth = decodeRle(smoothMask(encodeRle(wide), px));
        const smoothInverse = decodeRle(smoothMask(encodeRle(inverse), px));
        expect(smoothInverse.data.map((value) => value ^ 1)).toEqual(smooth.data);
      }),
    );
  });

  it('leaves an empty mask and a radius of 0', () => {
    const empty = box(5, 4, [0, 0, 0, 0]);
    expect(smoothMask(empty, 3)).toBe(empty);
    const mask = box(5, 4, [1, 1, 2, 2]);
    expect(smoothMask(mask, 0)).toBe(mask);
  });
});

describe('interpolateMasks', () => {
  const anyBox = fc
    .tuple(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
    .map(([x, y, w, h]) => [x, y, x + w, y + h]);

  it('is a at 0 and b at 1', () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        const [from, to] = [box(30, 30, a), box(30, 30, b)];
        expect(interpolateMasks(from, to, 0)).toBe(from);
        expect(interpolateMasks(from, to, 1)).toBe(to);
      }),
    );
  });

  it('stays what it is between a mask and itself', () => {
    fc.assert(
      fc.property(anyMask, fc.double({ min: 0, max: 1, noNaN: true }), (mask, t) => {
        expect(decodeRle(interpolateMasks(encodeRle(mask), encodeRle(mask), t))).toEqual(mask);
      }),
    );
  });

  it('moves a thing that jumped by more than its size, without losing it', () => {
    const at = maskInterpolator(box(60, 20, [2, 5, 12, 15]), box(60, 20, [42, 5, 52, 15]));
    expect(rleBox(at(0.5))).toEqual([22, 5, 32, 15]);
    expect(rleArea(at(0.25))).toBe(100);
  });

  it('grows a square into a larger one by the way', () => {
    const at = maskInterpolator(box(60, 60, [25, 25, 35, 35]), box(60, 60, [15, 15, 45, 45]));
    expect(rleBox(at(0.5))).toEqual([20, 20, 40, 40]);
  });

  it('lets the nearer one count when the other is empty', () => {
    const empty = box(8, 8, [0, 0, 0, 0]);
    const mask = box(8, 8, [1, 1, 4, 4]);
    expect(interpolateMasks(empty, mask, 0.4)).toBe(empty);
    expect(interpolateMasks(empty, mask, 0.6)).toBe(mask);
  });

  it('does not draw away from the picture’s border what reaches it', () => {
    const at = maskInterpolator(box(40, 30, [0, 0, 10, 30]), box(40, 30, [0, 0, 20, 30]));
    const half = rleBox(at(0.5))!;
    expect([half[0], half[1], half[3]]).toEqual([0, 0, 30]);
    expect(half[2]).toBeGreaterThan(10);
    expect(half[2]).toBeLessThan(20);
  });
});
