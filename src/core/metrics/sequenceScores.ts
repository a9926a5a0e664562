/** What the scores of a sequence's frames come to. */

export type FrameScore = {
  /** Region similarity, 0..1. */
  readonly j: number;
  /** Contour accuracy, 0..1. */
  readonly f: number;
};

/** The mean of J and F, 0..1. */
export function jAndF({ j, f }: FrameScore): number {
  return (j + f) / 2;
}

/** The arithmetic mean; null of nothing. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How much worse the end is than the beginning: the mean of the first quarter of the values less that of the last
 * (Perazzi et al. 2016). Quarters are rounded up, so they overlap in sequences of fewer than two values; null of none.
 */
export function decay(values: readonly number[]): number | null {
  const count = Math.ceil(values.length / 4);
  const first = mean(values.slice(0, count));
  const last = mean(values.slice(values.length - count));
  return first === null || last === null ? null : first - last;
}
