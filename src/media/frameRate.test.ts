import fc from 'fast-check';
import { expect, it } from 'vitest';
import { constantFrameRate } from './frameRate';

function evenTable(count: number, rate: number, roundTo = 0) {
  const round = (sec: number): number => (roundTo > 0 ? Math.round(sec / roundTo) * roundTo : sec);
  return {
    timestampsSec: Float64Array.from({ length: count }, (_, index) => round(index / rate)),
    lastDurationSec: 1 / rate,
  };
}

it('names common rates exactly, though the container rounds times to milliseconds', () => {
  const rates = fc.constantFrom(24000 / 1001, 24, 25, 30000 / 1001, 30, 50, 60000 / 1001, 60);
  fc.assert(
    fc.property(rates, fc.integer({ min: 300, max: 5000 }), (rate, count) => {
      expect(constantFrameRate(evenTable(count, rate))).toBe(rate);
      expect(constantFrameRate(evenTable(count, rate, 0.001))).toBe(rate);
    }),
  );
});

it('gives uncommon rates as measured', () => {
  expect(constantFrameRate(evenTable(100, 17.5))).toBeCloseTo(17.5, 6);
  expect(constantFrameRate(evenTable(1, 4))).toBe(4);
});

it('says null when one frame is missing or late', () => {
  const { timestampsSec, lastDurationSec } = evenTable(60, 25);
  const missing = timestampsSec.filter((_, index) => index !== 30);
  expect(constantFrameRate({ timestampsSec: missing, lastDurationSec })).toBeNull();
  const late = timestampsSec.map((sec, index) => (index === 12 ? sec + 0.01 : sec));
  expect(constantFrameRate({ timestampsSec: late, lastDurationSec })).toBeNull();
  expect(constantFrameRate({ timestampsSec: new Float64Array(), lastDurationSec: 0 })).toBeNull();
});
