/** Medians and ranges. */

export type Spread = {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
};

/** Throws when there is nothing, or anything but numbers: what was not measured must not pass for a figure. */
export function spreadOf(name: string, values: readonly number[]): Spread {
  if (values.length === 0 || !values.every((value) => Number.isFinite(value))) {
    throw unusable(name, values);
  }
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)!, count: sorted.length };
}

/** For times and ratios, which are never 0 when something ran. */
export function positiveSpreadOf(name: string, values: readonly number[]): Spread {
  const spread = spreadOf(name, values);
  if (spread.min <= 0) {
    throw unusable(name, values);
  }
  return spread;
}

function unusable(name: string, values: readonly number[]): Error {
  return new Error(`The benchmark got no usable figure for "${name}": [${values.join(', ')}].`);
}
