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
      fc.property(logitsOf, (logits) => {
        const decoded = decodeSoftMask(encodeSoftMask(logits, logits.length, 1));
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

  it('never takes more than a byte for each value and a few, and little for a plain mask', () => {
    fc.assert(
      fc.property(logitsOf, (logits) => {
        expect(encodeSoftMask(logits, logits.length, 1).bytes.length).toBeLessThanOrEqual(logits.length + 10);
      }),
    );
    expect(encodeSoftMask(new Float32Array(384 * 216).fill(-20), 384, 216).bytes).toHaveLength(3);
  });

  it('writes the documented example', () => {
    const logits = Float32Array.of(-9, -9, -9, -9, -1, 0, 0.01, 1, 8, 8, 8, 2, 2, 2, 2, 2);
    expect([...encodeSoftMask(logits, 8, 2).bytes]).toEqual([16, 19, 111, 127, 128, 143, 13, 22, 159]);
  });

  it('counts what is no number as surely outside', () => {
    expect(decodeSoftMask(encodeSoftMask(Float32Array.of(NaN, -Infinity, Infinity), 3, 1))).toEqual(
      Float32Array.of(-127.5 / 16, -127.5 / 16, 127.5 / 16),
    );
  });
});

describe('decodeSoftMask', () => {
  it('throws on bytes that are broken off, too long or too many, and never writes past the grid', () => {
    const soft = encodeSoftMask(Float32Array.of(1, 2, 3, -9, -9, -9), 3, 2);
    const broken =
      (bytes: number[]): unknown =>
      () =>
        decodeSoftMask({ ...soft, bytes: Uint8Array.from(bytes) });
    const good = [...soft.bytes];
    expect(broken(good.slice(0, -1))).toThrow('too few');
    expect(broken(good.slice(0, 2))).toThrow('breaks off');
    expect(broken([...good, 4])).toThrow('too many');
    expect(broken([...good, 0])).toThrow('too many');
    expect(broken([0x80])).toThrow('breaks off');
    expect(broken([0x80, 0x80, 0x80, 0x80, 0x80, 0x01])).toThrow('breaks off');
    expect(broken([])).toThrow('too few');
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
