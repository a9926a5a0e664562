/** How much two planes overlap. */

/** Sum of minima over sum of maxima, 0..1; 1 when both are empty. Values are not negative. */
export function softIou(a: Float32Array, b: Float32Array): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index += 1) {
    const x = a[index]!;
    const y = b[index]!;
    both += x < y ? x : y;
    either += x < y ? y : x;
  }
  return either < 1e-3 ? 1 : both / either;
}

/** Intersection over union of what lies above a threshold in each, ignored pixels left out; 1 when both are empty. */
export function cutIou(
  a: Float32Array,
  cutA: number,
  b: Float32Array,
  cutB: number,
  ignored?: Uint8Array,
): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < a.length; index += 1) {
    if (ignored?.[index]) {
      continue;
    }
    const x = a[index]! > cutA;
    const y = b[index]! > cutB;
    both += x && y ? 1 : 0;
    either += x || y ? 1 : 0;
  }
  return either === 0 ? 1 : both / either;
}
