/** Steps of a manifest that do not fit their tensor are refused by name. */
import { expect, it } from 'vitest';
import type { TensorStep } from '../models/graphManifest';
import { shapeAfterSteps } from './tensorSteps';

it('follows the steps one by one', () => {
  const steps: TensorStep[] = [
    { kind: 'slice', axis: 0, start: 1, end: 3 },
    { kind: 'transpose', axes: [1, 0] },
    { kind: 'reshape', shape: [6] },
    { kind: 'padZeros', axis: 0, to: 8 },
  ];
  expect(shapeAfterSteps([4, 3], steps)).toEqual([8]);
  expect(shapeAfterSteps([4, 3], [])).toEqual([4, 3]);
  expect(shapeAfterSteps([4, 3], [{ kind: 'padZeros', axis: 1, to: 3 }])).toEqual([4, 3]);
});

it.each<[string, TensorStep, RegExp]>([
  ['an empty slice', { kind: 'slice', axis: 0, start: 2, end: 2 }, /slice 2\.\.2/],
  ['a slice from before the beginning', { kind: 'slice', axis: 0, start: -1, end: 2 }, /slice -1/],
  ['a slice beyond the end', { kind: 'slice', axis: 1, start: 0, end: 4 }, /slice 0\.\.4/],
  ['a slice of an axis that is not there', { kind: 'slice', axis: 2, start: 0, end: 1 }, /no axis 2/],
  ['an axis twice', { kind: 'transpose', axes: [0, 0] }, /transpose \[0, 0\]/],
  ['an axis too few', { kind: 'transpose', axes: [0] }, /transpose \[0\]/],
  ['an axis too many', { kind: 'transpose', axes: [0, 1, 2] }, /transpose/],
  ['other numbers of elements', { kind: 'reshape', shape: [5, 2] }, /cannot be reshaped to \[5, 2\]/],
  ['padding to less', { kind: 'padZeros', axis: 0, to: 3 }, /longer than 3/],
  ['padding of an axis that is not there', { kind: 'padZeros', axis: 5, to: 3 }, /no axis 5/],
])('refuses %s', (_, step, reason) => {
  expect(() => shapeAfterSteps([4, 3], [step])).toThrow(reason);
});
