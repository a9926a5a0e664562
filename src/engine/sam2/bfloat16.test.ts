/** bfloat16 by its definition. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundToBfloat16 } from './bfloat16';

function rounded(value: number): number {
  const values = Float32Array.of(value);
  roundToBfloat16(values);
  return values[0]!;
}

describe('roundToBfloat16', () => {
  it('rounds as PyTorch does, ties to even', () => {
    expect([1, 1.00390625, 1.01171875, -3.14159274, 65280.5].map(rounded)).toEqual([
      1, 1, 1.015625, -3.140625, 65280,
    ]);
  });

  it('is off by half of the last of 8 bits at most, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.float({ min: -(2 ** 99), max: 2 ** 99, noNaN: true }), (value) => {
        const once = rounded(value);
        expect(Math.abs(once - Math.fround(value))).toBeLessThanOrEqual(Math.abs(value) / 256 + 1e-38);
        expect(rounded(once)).toBe(once);
      }),
    );
  });
});
