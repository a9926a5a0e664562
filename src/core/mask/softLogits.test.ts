/** Soft masks made of logits agree with the masks that the merge makes of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MaskLogits } from './logits';
import { mergeLogits } from './mergeLogits';
import { softFromLogits, softMasksOf } from './softLogits';
import { decodeSoftMask, SOFT_QUANTUM } from './softMask';
import { thresholdSoft } from './softThreshold';

function logitsOf(width: number, height: number, values: readonly number[]): MaskLogits {
  return { width, height, data: Float32Array.from(values) };
}

/** Logits of several labels on a picture that is no larger than the grid, so that each cell is a pixel. */
const smallFrames = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 7 }) })
  .chain(({ width, height }) => {
    const label = fc
      .array(fc.oneof(fc.float({ min: -12, max: 12, noNaN: true }), fc.constantFrom(-Infinity, 0, 2)), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((values) => logitsOf(width, height, values));
    return fc.array(label, { minLength: 1, maxLength: 4 });
  });

describe('softMasksOf', () => {
  it('is above 0 where the merge gives the pixel to the label, and nowhere else', () => {
    fc.assert(
      fc.property(smallFrames, (labels) => {
        const merged = mergeLogits(labels);
        softMasksOf(labels).forEach((soft, index) => {
          const margins = decodeSoftMask(soft);
          margins.forEach((margin, pixel) => {
            expect(margin > 0).toBe(merged[index]!.data[pixel] === 1);
          });
        });
      }),
    );
  });

  it('keeps the logit where no other label is likely, and the margin where one is', () => {
    const own = logitsOf(4, 1, [3, 3, 3, -2]);
    const other = logitsOf(4, 1, [-5, 1, 5, 4]);
    const [soft] = softMasksOf([own, other]);
    const expected = [3, 2, -2, -6];
    decodeSoftMask(soft!).forEach((margin, pixel) => {
      expect(Math.abs(margin - expected[pixel]!)).toBeLessThanOrEqual(SOFT_QUANTUM / 2 + 1e-6);
    });
  });

  it('is sure of nothing where the user gave the pixels to another label', () => {
    const taken = { width: 4, height: 1, data: Uint8Array.of(0, 1, 1, 0) };
    const [soft] = softMasksOf([logitsOf(4, 1, [5, 5, -5, -5])], [taken]);
    expect([...decodeSoftMask(soft!)].map((margin) => margin > 0)).toEqual([true, false, false, false]);
  });

  it('cut at 0.5, is the drawing but for less than a cell at its edge', () => {
    const [width, height] = [960, 540];
    const data = new Float32Array(width * height);
    const radius = 120;
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        data[y * width + x] = (radius - Math.hypot(x + 0.5 - 400, y + 0.5 - 300)) / 4;
      }
    }
    const logits = { width, height, data };
    const [drawn] = mergeLogits([logits]);
    for (const soft of [...softMasksOf([logits]), softFromLogits(logits)]) {
      expect(soft).toMatchObject({ width: 384, height: 216 });
      const cut = thresholdSoft(soft, logits, 0.5);
      const apart = cut.data.reduce((sum, value, pixel) => sum + (value ^ drawn!.data[pixel]!), 0);
      expect(apart).toBeLessThan(2 * Math.PI * radius * 0.5);
    }
  });
});

describe('softFromLogits', () => {
  it('takes the mean of the clamped logits under each cell', () => {
    const data = new Float32Array(768 * 2).fill(-100);
    // One 2x2 block under cell 3: half surely inside, half surely outside, so neither.
    data[6] = 100;
    data[768 + 7] = 100;
    const cells = decodeSoftMask(softFromLogits({ width: 768, height: 2, data }));
    expect(cells).toHaveLength(384);
    expect(Math.abs(cells[3]!)).toBeLessThanOrEqual(SOFT_QUANTUM / 2);
    expect(cells[2]).toBeLessThan(-5.9);
  });
});
