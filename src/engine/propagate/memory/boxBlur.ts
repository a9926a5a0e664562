/** The mean of each pixel's surroundings, by running sums. */

/** Means over squares of side 2 * radius + 1, cut off at the picture's edges. */
export function boxBlur(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  return along(along(plane, width, height, radius, 1, width), height, width, radius, width, 1);
}

/** Means along lines of `length` values `stride` apart; lines begin `lineStride` apart. */
function along(
  plane: Float32Array,
  length: number,
  lines: number,
  radius: number,
  stride: number,
  lineStride: number,
): Float32Array {
  const means = new Float32Array(plane.length);
  for (let line = 0; line < lines; line += 1) {
    const from = line * lineStride;
    let sum = 0;
    let count = 0;
    for (let at = 0; at < Math.min(radius, length); at += 1) {
      sum += plane[from + at * stride]!;
      count += 1;
    }
    for (let at = 0; at < length; at += 1) {
      if (at + radius < length) {
        sum += plane[from + (at + radius) * stride]!;
        count += 1;
      }
      if (at - radius - 1 >= 0) {
        sum -= plane[from + (at - radius - 1) * stride]!;
        count -= 1;
      }
      means[from + at * stride] = sum / count;
    }
  }
  return means;
}
