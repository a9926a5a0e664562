/** Slopes of measured values over time, where times are uneven and values may be missing. */

/**
 * For each value the slope at its time of the parabola through it and its two neighbours (second order for uneven steps:
 * the formula of numpy.gradient); where one neighbour is missing (NaN, or an end) that of the line to the other one; NaN
 * where both are, and where the value itself is. Gaps are never bridged.
 */
export function slopes(times: Float64Array, values: Float64Array): Float64Array {
  return values.map((value, index) => {
    const before = times[index]! - (times[index - 1] ?? Number.NaN);
    const after = (times[index + 1] ?? Number.NaN) - times[index]!;
    const fromBefore = (value - (values[index - 1] ?? Number.NaN)) / before;
    const toAfter = ((values[index + 1] ?? Number.NaN) - value) / after;
    if (Number.isFinite(fromBefore) && Number.isFinite(toAfter)) {
      return (fromBefore * after + toAfter * before) / (before + after);
    }
    if (Number.isFinite(fromBefore)) {
      return fromBefore;
    }
    return Number.isFinite(toAfter) ? toAfter : Number.NaN;
  });
}
