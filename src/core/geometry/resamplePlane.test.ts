/** Resizing planes: what it keeps, and numbers of PyTorch. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resamplePlane } from './resamplePlane';

const side = fc.integer({ min: 1, max: 20 });

describe('resamplePlane', () => {
  it('keeps an even plane even, whatever the sizes', () => {
    fc.assert(
      fc.property(side, side, side, side, fc.boolean(), (w, h, toW, toH, isPlain) => {
        const out = resamplePlane(
          new Float32Array(w * h).fill(3),
          { width: w, height: h },
          { width: toW, height: toH },
          isPlain ? 'plain' : 'antialiased',
        );
        expect(out).toHaveLength(toW * toH);
        expect(out.every((value) => Math.abs(value - 3) < 1e-5)).toBe(true);
      }),
    );
  });

  it('gives a plane back at its own size', () => {
    const data = Float32Array.from({ length: 12 }, (_, index) => index * index);
    const size = { width: 4, height: 3 };
    expect(resamplePlane(data, size, size, 'plain')).toEqual(data);
    expect(resamplePlane(data, size, size, 'antialiased')).toEqual(data);
  });

  // torch.nn.functional.interpolate(torch.arange(12.).reshape(1, 1, 3, 4) ** 2, (2, 6), mode="bilinear", antialias=...)
  it.each([
    ['plain', [4, 5.5, 7.8333, 11.1667, 15.5, 19, 52, 59.5, 69.8333, 81.1667, 93.5, 103]],
    ['antialiased', [6, 8, 11, 15, 20, 24, 46, 53, 62.6667, 73.3333, 85, 94]],
  ] as const)('is what PyTorch makes: %s', (filter, expected) => {
    const data = Float32Array.from({ length: 12 }, (_, index) => index * index);
    const out = resamplePlane(data, { width: 4, height: 3 }, { width: 6, height: 2 }, filter);
    out.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 3));
  });
});
