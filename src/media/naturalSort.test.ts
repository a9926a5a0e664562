import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareNatural } from './naturalSort';

it('puts frame2 before frame10, and folders before what follows them', () => {
  const names = ['b/1.png', 'frame10.png', 'frame2.png', 'frame1.png', 'a/11.png', 'a/9.png'];
  expect(names.toSorted(compareNatural)).toEqual([
    'a/9.png',
    'a/11.png',
    'b/1.png',
    'frame1.png',
    'frame2.png',
    'frame10.png',
  ]);
});

it('sorts numbered names by number, padded or not', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(99_999)), fc.nat(6), (numbers, width) => {
      const name = (number: number): string => `shot_${String(number).padStart(width, '0')}.jpg`;
      const expected = numbers.toSorted((left, right) => left - right).map(name);
      expect(numbers.map(name).toSorted(compareNatural)).toEqual(expected);
    }),
  );
});

it('keeps one order for names that differ only in case or padding', () => {
  const names = ['Frame1.png', 'frame1.png', 'frame01.png'];
  expect(names.toSorted(compareNatural)).toEqual(names.toReversed().toSorted(compareNatural));
  expect(compareNatural('frame1.png', 'frame01.png')).not.toBe(0);
});
