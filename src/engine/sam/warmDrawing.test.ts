/** Warming up really draws something. */
import { expect, it } from 'vitest';
import { warmDrawing } from './warmDrawing';

it('draws a disc of the expected size', () => {
  // Radius 40 of 256 low-resolution pixels, 640 source pixels wide: radius 100.
  expect(warmDrawing()).toBeGreaterThan(0.97 * Math.PI * 100 ** 2);
  expect(warmDrawing()).toBeLessThan(1.03 * Math.PI * 100 ** 2);
});
