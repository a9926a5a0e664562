/** 16-bit floating-point numbers: IEEE 754 binary16, and bfloat16, as bits. */

/** What a number too large for 16 bits becomes; no finite number has these bits. */
export const HALF_OVERFLOW = 0x7c00;

const EXPONENT_OF_HALF = 0x38000000;
const SMALLEST_NORMAL = 0x38800000;
/** From here on rounding to nearest gives infinity. */
const OVERFLOW_FROM = 0x477ff000;
/** Half of the smallest half, which rounds to the even 0. */
const LARGEST_TO_ZERO = 0x33000000;

/** The half nearest to a float32, ties to even. Infinity and NaN come out as HALF_OVERFLOW: check before. */
export function halfOfFloatBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const size = bits & 0x7fffffff;
  if (size >= OVERFLOW_FROM) {
    return sign | HALF_OVERFLOW;
  }
  if (size >= SMALLEST_NORMAL) {
    return sign | shiftedToEven(size - EXPONENT_OF_HALF, 13);
  }
  if (size <= LARGEST_TO_ZERO) {
    return sign;
  }
  const mantissa = (size & 0x7fffff) | 0x800000;
  return sign | shiftedToEven(mantissa, 126 - (size >>> 23));
}

function shiftedToEven(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The value of a half as the bits of a float32; exact. */
export function floatBitsOfHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) {
    return (sign | 0x7f800000 | (mantissa << 13)) >>> 0;
  }
  if (exponent > 0) {
    return (sign | ((exponent + 112) << 23) | (mantissa << 13)) >>> 0;
  }
  if (mantissa === 0) {
    return sign >>> 0;
  }
  const shift = Math.clz32(mantissa) - 21;
  return (sign | ((113 - shift) << 23) | (((mantissa << shift) & 0x3ff) << 13)) >>> 0;
}

const oneFloat = new Float32Array(1);
const oneBits = new Uint32Array(oneFloat.buffer);

/**
 * A float32 that rounds to the same half as the double does: cut off, with the last bit set where something was cut
 * off ("round to odd", Boldo and Melquiond 2008), since rounding twice to nearest may differ.
 */
export function floatBitsForHalf(value: number): number {
  oneFloat[0] = value;
  if (oneFloat[0] === value || !Number.isFinite(oneFloat[0])) {
    return oneBits[0]!;
  }
  const cut = Math.abs(oneFloat[0]) > Math.abs(value) ? oneBits[0]! - 1 : oneBits[0]!;
  return (cut | 1) >>> 0;
}
