/** Which source samples, with which weights, make each output sample when a row or column is resized. */

/**
 * For output sample i: the sources `start[i] .. start[i] + count[i] - 1` with weights
 * `weights[i * taps] ...`; weights of one output add up to 1.
 */
export type ResampleTaps = {
  readonly taps: number;
  readonly start: Int32Array;
  readonly count: Int32Array;
  readonly weights: Float64Array;
};

/**
 * Bilinear with antialias, as in Pillow's `Image.resize(BILINEAR)` and torchvision's `antialias=True`: a triangle whose
 * support grows with the scale when shrinking.
 * Source: Pillow, src/libImaging/Resample.c, precompute_coeffs.
 */
export function antialiasedTaps(inputSize: number, outputSize: number): ResampleTaps {
  const scale = inputSize / outputSize;
  const support = Math.max(1, scale);
  const taps = Math.ceil(support) * 2 + 1;
  const start = new Int32Array(outputSize);
  const count = new Int32Array(outputSize);
  const weights = new Float64Array(outputSize * taps);
  for (let i = 0; i < outputSize; i += 1) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - support + 0.5));
    const end = Math.min(inputSize, Math.floor(centre + support + 0.5));
    let sum = 0;
    for (let x = first; x < end; x += 1) {
      const weight = Math.max(0, 1 - Math.abs((x - centre + 0.5) / support));
      weights[i * taps + x - first] = weight;
      sum += weight;
    }
    for (let tap = 0; tap < end - first; tap += 1) {
      weights[i * taps + tap] = (weights[i * taps + tap] ?? 0) / sum;
    }
    start[i] = first;
    count[i] = end - first;
  }
  return { taps, start, count, weights };
}

/** Plain bilinear at half-pixel centres, edge samples repeated: `F.interpolate(mode="bilinear", align_corners=False)`. */
export function bilinearTaps(inputSize: number, outputSize: number): ResampleTaps {
  const scale = inputSize / outputSize;
  const start = new Int32Array(outputSize);
  const count = new Int32Array(outputSize);
  const weights = new Float64Array(outputSize * 2);
  for (let i = 0; i < outputSize; i += 1) {
    const at = Math.max(0, (i + 0.5) * scale - 0.5);
    const first = Math.min(inputSize - 1, Math.floor(at));
    const isLast = first === inputSize - 1;
    const fraction = isLast ? 0 : at - first;
    start[i] = first;
    count[i] = isLast ? 1 : 2;
    weights[i * 2] = 1 - fraction;
    weights[i * 2 + 1] = fraction;
  }
  return { taps: 2, start, count, weights };
}

/** The taps of doing `inner` first and `outer` on its result; `outer` may read only a beginning of inner's outputs. */
export function composeTaps(inner: ResampleTaps, outer: ResampleTaps): ResampleTaps {
  const outputSize = outer.start.length;
  const spans = Array.from({ length: outputSize }, (_, i) => composedSpan(inner, outer, i));
  const taps = Math.max(1, ...spans.map((span) => span.end - span.first));
  const weights = new Float64Array(outputSize * taps);
  spans.forEach((span, i) => {
    for (let o = 0; o < (outer.count[i] ?? 0); o += 1) {
      const middle = (outer.start[i] ?? 0) + o;
      const outerWeight = outer.weights[i * outer.taps + o] ?? 0;
      for (let n = 0; n < (inner.count[middle] ?? 0); n += 1) {
        const at = i * taps + (inner.start[middle] ?? 0) + n - span.first;
        weights[at] = (weights[at] ?? 0) + outerWeight * (inner.weights[middle * inner.taps + n] ?? 0);
      }
    }
  });
  return {
    taps,
    start: Int32Array.from(spans, (span) => span.first),
    count: Int32Array.from(spans, (span) => span.end - span.first),
    weights,
  };
}

function composedSpan(
  inner: ResampleTaps,
  outer: ResampleTaps,
  output: number,
): { first: number; end: number } {
  let first = Infinity;
  let end = 0;
  for (let o = 0; o < (outer.count[output] ?? 0); o += 1) {
    const middle = (outer.start[output] ?? 0) + o;
    first = Math.min(first, inner.start[middle] ?? 0);
    end = Math.max(end, (inner.start[middle] ?? 0) + (inner.count[middle] ?? 0));
  }
  return { first, end };
}
