/** Times and rates read as people write them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatClock, formatDuration, formatRate, formatTimeLeft } from './timeFormat';

describe('formatClock', () => {
  it.each([
    [0, '0:00.00'],
    [1.24, '0:01.24'],
    [59.999, '1:00.00'],
    [61.5, '1:01.50'],
    [3600, '1:00:00.00'],
    [7325.25, '2:02:05.25'],
    [-3, '0:00.00'],
  ])('writes %d s as %s', (sec, text) => {
    expect(formatClock(sec)).toBe(text);
  });

  it('can be read back to a hundredth of a second', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100_000, noNaN: true }), (sec) => {
        const read = formatClock(sec)
          .split(':')
          .reduce((sum, part) => sum * 60 + Number(part), 0);
        expect(Math.abs(read - sec)).toBeLessThanOrEqual(0.005_01);
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [260, '4 min 20 s'],
    [3599, '59 min 59 s'],
    [3600, '1 h 00 min'],
    [7500, '2 h 05 min'],
  ])('writes %d s as %s', (sec, text) => {
    expect(formatDuration(sec)).toBe(text);
  });
});

describe('formatRate', () => {
  it.each([
    [25, '25'],
    [30000 / 1001, '29.97'],
    [0.5, '0.5'],
  ])('writes %d as %s', (rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [4.6, '5 s'],
    [59.4, '59 s'],
    [59.6, '1 min 00 s'],
    [263, '4 min 20 s'],
    [594, '9 min 50 s'],
    [597, '10 min'],
    [2740, '46 min'],
    [3590, '1 h 00 min'],
    [7512, '2 h 05 min'],
  ])('writes %d s as %s', (sec, text) => {
    expect(formatTimeLeft(sec)).toBe(text);
  });
});
