/** How far each pixel is from the nearest one of a set: the exact Euclidean distance transform. */

/** Larger than any squared distance in a picture, and still exact in a float64 sum. */
const FAR = 1e12;

/**
 * Squared distances between pixel centres, row-major float64[width * height]: of every pixel to the nearest one where
 * `isSource` is 1; FAR-like (>= 1e12) everywhere when there is none. Linear time: lower envelopes of parabolas, first
 * down the columns, then along the rows.
 * Source: Felzenszwalb & Huttenlocher, "Distance Transforms of Sampled Functions", Theory of Computing 8 (2012).
 */
export function squaredDistances(isSource: Uint8Array, width: number, height: number): Float64Array {
  const squared = new Float64Array(width * height);
  for (let index = 0; index < squared.length; index += 1) {
    squared[index] = isSource[index] ? 0 : FAR;
  }
  const room = envelopeRoom(Math.max(width, height));
  for (let x = 0; x < width; x += 1) {
    transformLine(squared, x, width, height, room);
  }
  for (let y = 0; y < height; y += 1) {
    transformLine(squared, y * width, 1, width, room);
  }
  return squared;
}

/**
 * Signed distances to the outline of a mask: negative inside. Half a pixel is taken off on both sides, so that the
 * outline runs between pixels and the two sides are alike. An empty or full mask has no outline: +-Infinity-like values.
 */
export function signedDistances(mask: Uint8Array, width: number, height: number): Float64Array {
  const outside = squaredDistances(mask, width, height);
  const inside = squaredDistances(
    mask.map((value) => value ^ 1),
    width,
    height,
  );
  for (let index = 0; index < outside.length; index += 1) {
    outside[index] = mask[index] ? 0.5 - Math.sqrt(inside[index]!) : Math.sqrt(outside[index]!) - 0.5;
  }
  return outside;
}

type EnvelopeRoom = {
  readonly values: Float64Array;
  readonly centres: Int32Array;
  /** Where each parabola of the envelope begins to be the lowest. */
  readonly from: Float64Array;
};

function envelopeRoom(length: number): EnvelopeRoom {
  return {
    values: new Float64Array(length),
    centres: new Int32Array(length),
    from: new Float64Array(length + 1),
  };
}

/** One line of `count` values from `start`, `step` apart, in place. */
function transformLine(
  data: Float64Array,
  start: number,
  step: number,
  count: number,
  { values, centres, from }: EnvelopeRoom,
): void {
  for (let q = 0; q < count; q += 1) {
    values[q] = data[start + q * step]!;
  }
  let last = 0;
  centres[0] = 0;
  from[0] = -Infinity;
  from[1] = Infinity;
  for (let q = 1; q < count; q += 1) {
    let meeting = crossing(values, centres[last]!, q);
    while (meeting <= from[last]!) {
      last -= 1;
      meeting = crossing(values, centres[last]!, q);
    }
    last += 1;
    centres[last] = q;
    from[last] = meeting;
    from[last + 1] = Infinity;
  }
  let lowest = 0;
  for (let q = 0; q < count; q += 1) {
    while (from[lowest + 1]! < q) {
      lowest += 1;
    }
    const centre = centres[lowest]!;
    data[start + q * step] = (q - centre) * (q - centre) + values[centre]!;
  }
}

/** Where the parabolas at `p` and `q` (p < q) meet. */
function crossing(values: Float64Array, p: number, q: number): number {
  return (values[q]! + q * q - (values[p]! + p * p)) / (2 * q - 2 * p);
}
