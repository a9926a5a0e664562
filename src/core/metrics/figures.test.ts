/** Means, decay, rank correlation and calibration, with values worked out by hand. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceBins, confidenceHits } from './calibration';
import { rankCorrelation, ranks } from './rankCorrelation';
import { decay, jAndF, mean } from './sequenceScores';

const anyValues = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });

describe('mean, J&F and decay', () => {
  it('come out as by hand', () => {
    expect(jAndF({ j: 0.5, f: 0.7 })).toBeCloseTo(0.6, 12);
    expect(mean([1, 2, 6])).toBe(3);
    // Quarters of eight values have two each.
    expect(decay([1, 0.8, 0, 0, 0, 0, 0.5, 0.1])).toBeCloseTo(0.6, 12);
    // Of five, rounded up: two.
    expect(decay([1, 1, 0.3, 0, 0.2])).toBeCloseTo(0.9, 12);
  });

  it('know nothing of nothing', () => {
    expect(mean([])).toBe(null);
    expect(decay([])).toBe(null);
    expect(decay([0.4])).toBe(0);
  });
});

describe('rankCorrelation', () => {
  it('shares ranks among ties', () => {
    expect(ranks([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
    // Ranks 1 2.5 2.5 4 and 1 2 3 4: covariance 4.5, variances 4.5 and 5.
    expect(rankCorrelation([1, 2, 2, 3], [10, 20, 30, 40])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it('agrees with the formula for ranks without ties', () => {
    // d = 1, 1, 1, 1, 0: 1 - 6 * 4 / (5 * 24).
    expect(rankCorrelation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5])).toBeCloseTo(0.8, 12);
  });

  it('is null where there is no order', () => {
    expect(rankCorrelation([], [])).toBe(null);
    expect(rankCorrelation([1], [2])).toBe(null);
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBe(null);
  });

  it('is 1 for any rising function, -1 for a falling one, and within both otherwise', () => {
    fc.assert(
      fc.property(anyValues, fc.infiniteStream(fc.double({ noNaN: true })), (values, stream) => {
        fc.pre(new Set(values).size > 1);
        const rising = values.map((value) => Math.atan(value / 1e3) + value);
        expect(rankCorrelation(values, rising)).toBeCloseTo(1, 9);
        const falling = values.map((value) => -value);
        expect(rankCorrelation(values, falling)).toBeCloseTo(-1, 9);
        const others = values.map(() => stream.next().value as number);
        const found = rankCorrelation(values, others);
        expect(found === null || Math.abs(found) <= 1 + 1e-12).toBe(true);
        const sum = ranks(values).reduce((total, rank) => total + rank, 0);
        expect(sum).toBeCloseTo((values.length * (values.length + 1)) / 2, 9);
      }),
    );
  });
});

describe('confidence', () => {
  const judged = [
    { confidence: 0, iou: 0.1 },
    { confidence: 0.2, iou: 0.3 },
    { confidence: 0.45, iou: 0.6 },
    { confidence: 0.8, iou: 0.74 },
    { confidence: 1, iou: 0.9 },
    { confidence: 1.02, iou: 0.95 },
  ];

  it('is put into five bins, the ends included', () => {
    const bins = confidenceBins(judged);
    expect(bins.map(({ count }) => count)).toEqual([1, 1, 1, 0, 3]);
    expect(bins.map(({ from, to }) => [from, to])[1]).toEqual([0.2, 0.4]);
    expect(bins[3]!.meanIou).toBe(null);
    expect(bins[4]!.meanIou).toBeCloseTo((0.74 + 0.9 + 0.95) / 3, 12);
  });

  it('is right when doubted masks are bad and trusted ones good', () => {
    expect(confidenceHits(judged)).toEqual({
      doubted: 3,
      doubtedBad: 2 / 3,
      trusted: 3,
      trustedGood: 2 / 3,
    });
    expect(confidenceHits([])).toEqual({ doubted: 0, doubtedBad: null, trusted: 0, trustedGood: null });
  });
});
