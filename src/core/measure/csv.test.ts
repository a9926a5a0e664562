/** Values as they stand in tables. */
import { expect, it } from 'vitest';
import { csvRow, plainUnit } from './csv';

it('writes numbers with a point and ten digits, and what is no number as nothing', () => {
  expect(csvRow([1 / 3, 123456.7891234, -0.5, 1e21, 0, Number.NaN, Infinity, null, 'a'])).toBe(
    '0.3333333333,123456.7891,-0.5,1e+21,0,,,,a\r\n',
  );
});

it('writes names that hold commas, quotes or breaks in quotes', () => {
  expect(csvRow(['a, b', '5" dye', 'two\nlines', ''])).toBe('"a, b","5"" dye","two\nlines",\r\n');
});

it('writes units in letters that every reader has', () => {
  expect(['mm²', '°', 'µm/s'].map(plainUnit)).toEqual(['mm^2', 'deg', 'µm/s']);
});
