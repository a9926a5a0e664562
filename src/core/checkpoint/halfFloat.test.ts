/** Half precision against its definition: the nearest of all halves, ties to even. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canConvert, convertElements } from './convertElements';
import { floatBitsForHalf, floatBitsOfHalf, HALF_OVERFLOW, halfOfFloatBits } from './halfFloat';

const floats = new Float32Array(1);
const bits = new Uint32Array(floats.buffer);

function bitsOf(value: number): number {
  floats[0] = value;
  return bits[0]!;
}

/** All halves from 0 up by their definition: 10 bits of fraction, exponents from -14 on. */
const halves = Array.from({ length: HALF_OVERFLOW }, (_, code) => {
  const exponent = code >> 10;
  const fraction = code & 0x3ff;
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15);
});

function nearestHalf(value: number): number {
  const size = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (size >= 65520) {
    return sign | HALF_OVERFLOW;
  }
  let low = 0;
  let high = halves.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = halves[middle]! <= size ? [middle, high] : [low, middle];
  }
  const below = size - halves[low]!;
  const above = halves[high]! - size;
  const isUp = size >= halves[high]! || above < below || (above === below && high % 2 === 0);
  return sign | (isUp ? high : low);
}

describe('half precision', () => {
  it('gives every half its value, and every value its half', () => {
    const wrong = halves.filter((value, code) => {
      bits[0] = floatBitsOfHalf(code);
      const positive = floats[0];
      bits[0] = floatBitsOfHalf(code | 0x8000);
      return positive !== value || floats[0] !== -value || halfOfFloatBits(bitsOf(value)) !== code;
    });
    expect(wrong).toEqual([]);
  });

  const sizes = fc.double({ min: -70_000, max: 70_000, noNaN: true });
  const small = fc.double({ min: -0.0002, max: 0.0002, noNaN: true });
  // Halfway between two halves, and a hair beside that.
  const ties = fc
    .tuple(fc.integer({ min: 0, max: halves.length - 2 }), fc.constantFrom(0, 2 ** -48, -(2 ** -48)))
    .map(([code, beside]) => ((halves[code]! + halves[code + 1]!) / 2) * (1 + beside));

  it('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.oneof(sizes, small, ties), (value) => {
        const float = Math.fround(value);
        expect(halfOfFloatBits(bitsOf(float))).toBe(nearestHalf(float));
        expect(halfOfFloatBits(floatBitsForHalf(value))).toBe(nearestHalf(value));
      }),
      { seed: 6, numRuns: 4000 },
    );
  });
});

describe('convertElements', () => {
  const bytesOf = (array: ArrayBufferView<ArrayBuffer>): Uint8Array<ArrayBuffer> =>
    new Uint8Array(array.buffer);

  it.each([
    ['float32', bytesOf(Float32Array.of(1, NaN)), /not a number/],
    ['float32', bytesOf(Float32Array.of(-Infinity)), /infinite/],
    ['float16', bytesOf(Uint16Array.of(0x7c00)), /infinite/],
    ['bfloat16', bytesOf(Uint16Array.of(0x7fc0)), /not a number/],
    ['float64', bytesOf(Float64Array.of(NaN)), /not a number/],
  ] as const)('refuses %s that are no numbers', (dtype, bytes, reason) => {
    expect(() => convertElements(bytes, dtype, 'float32')).toThrow(reason);
    expect(() => convertElements(bytes, dtype, 'float16')).toThrow(reason);
  });

  it('refuses what is too large for the type', () => {
    expect(() => convertElements(bytesOf(Float32Array.of(65519)), 'float32', 'float16')).not.toThrow();
    expect(() => convertElements(bytesOf(Float32Array.of(65520)), 'float32', 'float16')).toThrow(/65504/);
    expect(() => convertElements(bytesOf(Float64Array.of(1e300)), 'float64', 'float32')).toThrow(/infinite/);
  });

  it('rounds doubles once, and not to floats before', () => {
    // A hair over the middle of two halves, which no float holds.
    const doubles = Float64Array.of(1 + 2 ** -11 + 2 ** -40, 1 + 2 ** -11);
    const made = convertElements(bytesOf(doubles), 'float64', 'float16');
    expect([...new Uint16Array(made.buffer)]).toEqual([0x3c01, 0x3c00]);
  });

  it('makes floats of floats, and of other numbers only their own kind', () => {
    const kinds = ['float64', 'float32', 'float16', 'bfloat16'] as const;
    for (const from of kinds) {
      expect([canConvert(from, 'float32'), canConvert(from, 'float16')]).toEqual([true, true]);
      expect([canConvert(from, 'int64'), canConvert(from, 'bool')]).toEqual([false, false]);
    }
    expect([canConvert('int64', 'int64'), canConvert('int32', 'int32')]).toEqual([true, true]);
    expect([canConvert('int64', 'int32'), canConvert('int64', 'float32')]).toEqual([false, false]);
    expect([canConvert('bool', 'uint8'), canConvert('uint8', 'bool')]).toEqual([true, true]);
    expect(canConvert('int8', 'bool')).toBe(false);
  });

  it('widens exactly', () => {
    const brain = convertElements(bytesOf(Uint16Array.of(0x3fc0, 0xc000)), 'bfloat16', 'float32');
    expect([...new Float32Array(brain.buffer)]).toEqual([1.5, -2]);
  });
});
