/** Properties of masks and of their run lengths. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskArea, maskBox, type BinaryMask } from './binaryMask';
import { composeLabelMap } from './labelMap';
import { decodeRle, encodeRle, forEachSpan, rleArea, rleBox } from './rle';

const anyMask: fc.Arbitrary<BinaryMask> = fc
  .record({ width: fc.integer({ min: 1, max: 23 }), height: fc.integer({ min: 1, max: 19 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.integer({ min: 0, max: 1 }), { minLength: width * height, maxLength: width * height })
      .map((values) => ({ width, height, data: Uint8Array.from(values) })),
  );

function naiveCocoCounts({ width, height, data }: BinaryMask): number[] {
  const counts = [0];
  let current = 0;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if (data[y * width + x] !== current) {
        counts.push(0);
        current = 1 - current;
      }
      counts[counts.length - 1]! += 1;
    }
  }
  return counts;
}

describe('rle', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(decodeRle(encodeRle(mask))).toEqual(mask);
      }),
    );
  });

  it('walks down the columns, background first, like COCO', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const rle = encodeRle(mask);
        expect([...rle.counts]).toEqual(naiveCocoCounts(mask));
        expect(rle.size).toEqual([mask.height, mask.width]);
      }),
    );
    const example = { width: 3, height: 2, data: Uint8Array.from([0, 1, 1, 0, 1, 0]) };
    expect([...encodeRle(example).counts]).toEqual([2, 3, 1]);
  });

  it('knows area and box without decoding', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const rle = encodeRle(mask);
        expect(rleArea(rle)).toBe(maskArea(mask));
        expect(rleBox(rle)).toEqual(maskBox(mask));
      }),
    );
  });

  it('gives spans that stay inside one column', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        forEachSpan(encodeRle(mask), (x, y0, y1) => {
          expect(x).toBeLessThan(mask.width);
          expect(y1).toBeGreaterThan(y0);
          expect(y1).toBeLessThanOrEqual(mask.height);
        });
      }),
    );
  });
});

describe('maskBox', () => {
  it('is tight and holds the whole foreground', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const points = [...mask.data.keys()]
          .filter((index) => mask.data[index] === 1)
          .map((index) => [index % mask.width, Math.floor(index / mask.width)] as const);
        const xs = points.map(([x]) => x);
        const ys = points.map(([, y]) => y);
        const expected =
          points.length === 0
            ? null
            : [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1];
        expect(maskBox(mask)).toEqual(expected);
      }),
    );
  });
});

describe('composeLabelMap', () => {
  it('gives each pixel to the last mask that covers it', () => {
    fc.assert(
      fc.property(fc.tuple(anyMask, fc.infiniteStream(fc.integer({ min: 0, max: 1 }))), ([mask, bits]) => {
        const second = { ...mask, data: Uint8Array.from(mask.data, () => bits.next().value ?? 0) };
        const map = composeLabelMap(mask, [
          { number: 7, rle: encodeRle(mask) },
          { number: 3, rle: encodeRle(second) },
        ]);
        const expected = [...mask.data].map((value, index) => (second.data[index] ? 3 : value * 7));
        expect([...map.data]).toEqual(expected);
      }),
    );
  });
});
