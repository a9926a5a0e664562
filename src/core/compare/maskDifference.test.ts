/** Differences told from runs are those of the pixels. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRle, encodeRle, type Rle } from '../mask/rle';
import { differenceAreaPx, minusRle, unionRle } from './maskDifference';

const width = 7;
const height = 5;
/** Noise and long runs alike. */
const masks = fc
  .oneof(
    fc.array(fc.constantFrom(0, 1), { minLength: 35, maxLength: 35 }),
    fc
      .tuple(fc.nat(35), fc.nat(35))
      .map(([from, to]) => Array.from({ length: 35 }, (_, i) => +(i >= from && i < to))),
  )
  .map((data): Rle => encodeRle({ width, height, data: Uint8Array.from(data) }));

function pixels(rle: Rle): number[] {
  return [...decodeRle(rle).data];
}

describe('minusRle, unionRle and differenceAreaPx', () => {
  it('agree with the pixels, in the very runs that encoding the pixels gives', () => {
    fc.assert(
      fc.property(masks, masks, (a, b) => {
        const other = pixels(b);
        const minus = pixels(a).map((value, index) => (value && !other[index] ? 1 : 0));
        const union = pixels(a).map((value, index) => (value || other[index] ? 1 : 0));
        expect(minusRle(a, b)).toEqual(encodeRle({ width, height, data: Uint8Array.from(minus) }));
        expect(unionRle(a, b)).toEqual(encodeRle({ width, height, data: Uint8Array.from(union) }));
        const apart = pixels(a).filter((value, index) => value !== other[index]).length;
        expect(differenceAreaPx(a, b)).toBe(apart);
        expect(differenceAreaPx(a, null)).toBe(pixels(a).filter(Boolean).length);
      }),
    );
  });
});
