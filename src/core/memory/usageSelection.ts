/** Which columns of a memory are worth keeping, by how much they were used. */

/** The indices of the `count` highest values, highest first, the earlier one on a tie; fewer where there are fewer. */
export function highestOf(values: ArrayLike<number>, count: number): Int32Array {
  const order = Int32Array.from({ length: values.length }, (_, index) => index);
  return order.toSorted((a, b) => values[b]! - values[a]! || a - b).slice(0, Math.max(0, count));
}

/**
 * The indices of what is left, ascending, when all but `keep` of the lowest values go. Whatever is no better than the
 * best that went goes with it, so that fewer than `keep` may be left.
 */
export function survivorsOf(values: ArrayLike<number>, keep: number): Int32Array {
  const all = Int32Array.from({ length: values.length }, (_, index) => index);
  const excess = values.length - keep;
  if (excess <= 0) {
    return all;
  }
  const lastGone = Float64Array.from(all, (index) => values[index]!).toSorted()[excess - 1]!;
  return all.filter((index) => values[index]! > lastGone);
}
