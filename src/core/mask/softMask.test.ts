/** Soft masks give back what was put in, as far as 8 bits can. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSoftMask, encodeSoftMask, SOFT_LOGIT_LIMIT, SOFT_QUANTUM, softGridOf } from './softMask';

/** Logits as they come: long equal runs, saturated ones, and wild stretches. */
const stretch = fc.oneof(
  fc.record({ value: fc.constantFrom(-20, 20, -8, 8, 0, 0.01), count: fc.integer({ min: 1, max: 300 }) }),
  fc.record({ value: fc.float({ min: -12, max: 12, noNaN: true }), count: fc.integer({ min: 1, max: 7 }) }),
);
const logitsOf = fc
  .array(stretch, { minLength: 1, maxLength: 40 })
  .map((parts) => Float32Array.from(parts.flatMap(({ value, count }) => Array<number>(count).fill(value))));

const clamped = (logit: number): number => Math.min(Math.max(logit, -SOFT_LOGIT_LIMIT), SOFT_LOGIT_LIMIT);

describe('encodeSoftMask', () => {
  it('gives each clamped logit back within half a quantum, on its side of 0', () => {
    fc.assert(
      fc.property(logitsOf, fc.integer({ min: 1, max: 9 }), (all, width) => {
        const height = Math.floor(all.length / width);
        const logits = all.subarray(0, width * height);
        const decoded = decodeSoftMask(encodeSoftMask(logits, width, height));
        expect(decoded).toHaveLength(logits.length);
        decoded.forEach((value, index) => {
          const logit = logits[index]!;
          expect(Math.abs(value - clamped(logit))).toBeLessThanOrEqual(SOFT_QUANTUM / 2 + 1e-6);
          expect(value > 0).toBe(logit > 0);
        });
      }),
    );
  });

  it('is stable: encoding what was decoded makes the same bytes', () => {
    fc.assert(
      fc.property(logitsOf, (logits) => {
        const soft = encodeSoftMask(logits, 1, logits.length);
        expect(encodeSoftMask(decodeSoftMask(soft), 1, logits.length)).toEqual(soft);
      }),
    );
  });

  it('takes at most a byte and a half for each value, and next to nothing for a plain mask', () => {
    fc.assert(
      fc.property(logitsOf, fc.integer({ min: 1, max: 9 }), (logits, width) => {
        const height = Math.floor(logits.length / width);
        const { bytes } = encodeSoftMask(logits.subarray(0, width * height), width, height);
        expect(bytes.length).toBeLessThanOrEqual(Math.ceil(width * height * 1.5));
      }),
    );
    expect(encodeSoftMask(new Float32Array(384 * 216).fill(-20), 384, 216).bytes).toHaveLength(4);
  });

  it('writes the documented example', () => {
    const logits = Float32Array.of(-9, -9, -9, -9, -0.02, 0.02, 0.07, 0.5, -9, -9, -9, -9);
    expect([...encodeSoftMask(logits, 4, 3).bytes]).toEqual([0xd1, 0xe7, 0xf1, 0x1f, 0x2e, 0x81, 0x77, 0xfa]);
  });

  it('counts what is no number as surely outside', () => {
    expect(decodeSoftMask(encodeSoftMask(Float32Array.of(NaN, -Infinity, Infinity), 3, 1))).toEqual(
      Float32Array.of(-127.5, -127.5, 127.5).map((code) => code * SOFT_QUANTUM),
    );
  });
});

describe('decodeSoftMask', () => {
  it('throws on bytes that are broken off, too long or too many, and never writes past the grid', () => {
    const broken =
      (...bytes: number[]): unknown =>
      () =>
        decodeSoftMask({ width: 3, height: 2, bytes: Uint8Array.from(bytes) });
    expect(broken(0xd3)).not.toThrow();
    expect(broken()).toThrow('breaks off');
    expect(broken(0xd2)).toThrow('breaks off');
    expect(broken(0x11, 0x11, 0x1e)).toThrow('breaks off');
    expect(broken(0xd4)).toThrow('too many');
    expect(broken(0xd3, 0x00)).toThrow('too many');
    expect(broken(0xd2, 0x01)).toThrow('too many');
    expect(broken(0xd8, 0x88, 0x88, 0x88, 0x88)).toThrow('without an end');
  });

  it('takes any bytes to a full grid or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        try {
          expect(decodeSoftMask({ width: 4, height: 3, bytes: Uint8Array.from(bytes) })).toHaveLength(12);
        } catch (error) {
          expect(String(error)).toContain('soft mask');
        }
      }),
    );
  });
});

describe('softGridOf', () => {
  it('keeps the shape, fits 384, and is never finer than the picture', () => {
    expect(softGridOf({ width: 640, height: 360 })).toEqual({ width: 384, height: 216 });
    expect(softGridOf({ width: 1080, height: 1920 })).toEqual({ width: 216, height: 384 });
    expect(softGridOf({ width: 64, height: 36 })).toEqual({ width: 64, height: 36 });
    expect(softGridOf({ width: 5000, height: 2 })).toEqual({ width: 384, height: 1 });
  });
});
