/** Soft masks brought to source size. */
import { describe, expect, it } from 'vitest';
import { bilinearTaps } from '../geometry/resample';
import { maskArea } from './binaryMask';
import { decodeSoftMask, encodeSoftMask } from './softMask';
import { forEachSoftRow, logitOf, softAreaPx, thresholdSoft } from './softThreshold';

const ramp = encodeSoftMask(
  Float32Array.from({ length: 12 * 7 }, (_, index) => (index % 12) - 5.5 + 0.3 * Math.floor(index / 12)),
  12,
  7,
);
const size = { width: 37, height: 19 };

describe('forEachSoftRow', () => {
  it('is bilinear at half-pixel centres', () => {
    const grid = decodeSoftMask(ramp);
    const columns = bilinearTaps(12, size.width);
    const rows = bilinearTaps(7, size.height);
    const at = (taps: typeof columns, output: number, tap: number): [index: number, weight: number] => [
      taps.start[output]! + Math.min(tap, taps.count[output]! - 1),
      taps.weights[output * 2 + tap]!,
    ];
    let seen = 0;
    forEachSoftRow(ramp, size, (y, logits) => {
      logits.forEach((logit, x) => {
        let expected = 0;
        for (const [row, rowWeight] of [at(rows, y, 0), at(rows, y, 1)]) {
          for (const [column, columnWeight] of [at(columns, x, 0), at(columns, x, 1)]) {
            expected += rowWeight * columnWeight * grid[row * 12 + column]!;
          }
        }
        expect(logit).toBeCloseTo(expected, 4);
        seen += 1;
      });
    });
    expect(seen).toBe(size.width * size.height);
  });
});

describe('thresholdSoft and softAreaPx', () => {
  it('tell the same areas, smaller for higher probabilities', () => {
    const probabilities = [0.05, 0.3, 0.5, 0.7, 0.95];
    const areas = softAreaPx(ramp, size, probabilities);
    expect(areas).toEqual(
      probabilities.map((probability) => maskArea(thresholdSoft(ramp, size, probability))),
    );
    expect(areas).toEqual(areas.toSorted((a, b) => b - a));
    expect(new Set(areas).size).toBe(probabilities.length);
  });

  it('take no probability that is sure', () => {
    expect(logitOf(0.5)).toBe(0);
    expect(() => thresholdSoft(ramp, size, 0)).toThrow('between 0 and 1');
    expect(() => softAreaPx(ramp, size, [1])).toThrow('between 0 and 1');
  });
});
