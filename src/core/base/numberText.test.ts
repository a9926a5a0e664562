/** Numbers read alike wherever they stand. */
import { describe, expect, it } from 'vitest';
import { bytesText, counted, percentText, scoreText, tookText, valueText } from './numberText';

describe('numbers in words', () => {
  it('counts one and many', () => {
    expect([
      counted(1, 'frame'),
      counted(0, 'frame'),
      counted(1200, 'frame'),
      counted(2, 'box', 'boxes'),
    ]).toEqual(['1 frame', '0 frames', '1,200 frames', '2 boxes']);
  });

  it('calls nothing whole that is not', () => {
    expect([0, 0.426, 0.996, 1, 1.5].map(percentText)).toEqual(['0 %', '43 %', '99 %', '100 %', '150 %']);
    expect([0, 0.87654, 0.99996, 1, null, Number.NaN].map(scoreText)).toEqual([
      '0.000',
      '0.877',
      '0.999',
      '1.000',
      '–',
      '–',
    ]);
  });

  it('goes on to seconds where milliseconds are too many to read, without a gap', () => {
    expect([4.23, 9.96, 44, 999.4, 999.6, 1234, 44_575, 99_960, 245_000].map(tookText)).toEqual([
      '4.2 ms',
      '10 ms',
      '44 ms',
      '999 ms',
      '1.0 s',
      '1.2 s',
      '44.6 s',
      '100 s',
      '245 s',
    ]);
  });

  it('gives measured values four digits, and whole numbers from 1,000 on', () => {
    expect([12.3456, 12_345.6, 0.00123456, 0.000012, Number.NaN].map(valueText)).toEqual([
      '12.35',
      '12,346',
      '0.001235',
      '1.20e-5',
      '–',
    ]);
  });
});

describe('bytesText', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [99_949, '99.9 kB'],
    [99_960, '100 kB'],
    [999_600, '1.0 MB'],
    [3_210_000_000, '3.2 GB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
