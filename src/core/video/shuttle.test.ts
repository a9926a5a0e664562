/** J and L: faster with each press, the other way at once. */
import { expect, it } from 'vitest';
import { shuttledSpeed } from './shuttle';

it('doubles up to eight and starts anew the other way', () => {
  const pressed = ([1, 1, 1, 1, 1, -1, -1, 1] as const).reduce<number[]>(
    (speeds, direction) => [...speeds, shuttledSpeed(speeds.at(-1) ?? 0, direction)],
    [],
  );
  expect(pressed).toEqual([1, 2, 4, 8, 8, -1, -2, 1]);
});
