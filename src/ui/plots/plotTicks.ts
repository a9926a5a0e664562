/** Where the vertical axis begins and ends, where its ticks are, and what they say. */
import type { Plot } from './plotModel';

export type ValueRange = { readonly min: number; readonly max: number };

/** The largest of 1, 2, 5, 10, ... times a power of ten that is at least `least`. */
export function niceStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least));
  // A hair of tolerance: 0.1 * 3 is not 0.3.
  return decade * ([1, 2, 5].find((digit) => digit * decade >= least * (1 - 1e-9)) ?? 10);
}

/**
 * The range of all values and bounds with room above and below, over the whole plot so that the axis stays while the
 * view pans. It begins at zero where the values come near it.
 */
export function valueRange({ lines }: Plot): ValueRange {
  let min = Infinity;
  let max = -Infinity;
  for (const { values, low, high } of lines) {
    for (const array of [values, low, high]) {
      for (const value of array ?? []) {
        if (Number.isFinite(value)) {
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
      }
    }
  }
  if (min > max) {
    return { min: 0, max: 1 };
  }
  if (min === 0 && max === 0) {
    return { min: 0, max: 1 };
  }
  if (min === max) {
    const room = Math.abs(min) * 0.1;
    return { min: min - room, max: max + room };
  }
  const room = (max - min) * 0.06;
  const isNearZero = min >= 0 && min <= max * 0.4;
  return { min: isNearZero ? 0 : min - room, max: max + room };
}

/** Ticks inside a range, about `count` of them, at round values. */
export function valueTicks({ min, max }: ValueRange, count: number): number[] {
  const step = niceStep((max - min) / Math.max(count, 1));
  const ticks: number[] = [];
  for (let index = Math.ceil(min / step - 1e-9); index * step <= max + step * 1e-9; index += 1) {
    // Without the rounding errors of multiplying.
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** A tick's number: as short as its step allows, with k and M where the axis has little room. */
export function tickText(value: number, step: number): string {
  const size = Math.abs(value);
  const [unit, suffix] = size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  const decimals = Math.min(Math.max(-Math.floor(Math.log10(step / unit) + 1e-9), 0), 6);
  return `${(value / unit).toFixed(decimals)}${suffix}`;
}
