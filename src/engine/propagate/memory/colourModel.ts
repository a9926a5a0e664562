/** What colours a label has: Gaussian mixtures over RGB, one for the background and each label. */

/** Colours of one label's pixels: RGB triples, 0..255. */
export type ColourSamples = Float32Array;

type Gaussian = {
  readonly mean: readonly [number, number, number];
  /** Inverse covariance: xx, xy, xz, yy, yz, zz. */
  readonly precision: readonly [number, number, number, number, number, number];
  /** log(weight) - log(det(2 pi covariance)) / 2 */
  readonly logScale: number;
};

const COMPONENTS = 6;
const ROUNDS = 8;
/** Variance that every direction has at least, in squared 8-bit levels: sensor noise and compression. */
const MIN_VARIANCE = 6;
/** Share of pixels of any colour at all: reflections, mixing, errors in the annotation. */
const LOG_OUTLIER = Math.log(0.01 / 256 ** 3);
/** Colours are looked up in steps of 4 levels. */
const STEP_BITS = 2;
const SIDE = 256 >> STEP_BITS;

export class ColourModel {
  readonly #mixtures: readonly (readonly Gaussian[] | null)[];
  /** Log-likelihoods per colour cell and plane; NaN where not asked for yet. */
  readonly #table: Float32Array;

  /** One set of samples for each plane (background first); a plane without samples can have any colour. */
  constructor(samples: readonly ColourSamples[]) {
    this.#mixtures = samples.map((colours) => (colours.length >= 3 * 8 ? fitMixture(colours) : null));
    this.#table = new Float32Array(SIDE ** 3 * samples.length).fill(NaN);
  }

  get planeCount(): number {
    return this.#mixtures.length;
  }

  /** The table and the place in it where the log-likelihoods of a colour begin, one for each plane. */
  lookUp(red: number, green: number, blue: number): number {
    const cell = ((red >> STEP_BITS) * SIDE + (green >> STEP_BITS)) * SIDE + (blue >> STEP_BITS);
    const at = cell * this.#mixtures.length;
    if (Number.isNaN(this.#table[at]!)) {
      const middle = (value: number): number => ((value >> STEP_BITS) + 0.5) * (1 << STEP_BITS) - 0.5;
      this.#mixtures.forEach((mixture, plane) => {
        this.#table[at + plane] = mixture
          ? logDensity(mixture, middle(red), middle(green), middle(blue))
          : LOG_OUTLIER;
      });
    }
    return at;
  }

  get table(): Float32Array {
    return this.#table;
  }
}

function logDensity(mixture: readonly Gaussian[], r: number, g: number, b: number): number {
  let highest = LOG_OUTLIER;
  const terms = mixture.map((component) => {
    const term = logGaussian(component, r, g, b);
    highest = Math.max(highest, term);
    return term;
  });
  let sum = Math.exp(LOG_OUTLIER - highest);
  for (const term of terms) {
    sum += Math.exp(term - highest);
  }
  return highest + Math.log(sum);
}

function logGaussian({ mean, precision, logScale }: Gaussian, r: number, g: number, b: number): number {
  const x = r - mean[0];
  const y = g - mean[1];
  const z = b - mean[2];
  const [xx, xy, xz, yy, yz, zz] = precision;
  return logScale - 0.5 * (xx * x * x + yy * y * y + zz * z * z + 2 * (xy * x * y + xz * x * z + yz * y * z));
}

/** Expectation-maximisation from a spread-out start; deterministic. */
function fitMixture(colours: ColourSamples): Gaussian[] {
  const count = colours.length / 3;
  let shares = startShares(colours, count);
  let mixture: Gaussian[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    mixture = shares.flatMap((share) => gaussianOf(colours, share, count) ?? []);
    shares = mixture.map(() => new Float32Array(count));
    for (let sample = 0; sample < count; sample += 1) {
      const at = sample * 3;
      let highest = -Infinity;
      for (let k = 0; k < mixture.length; k += 1) {
        const term = logGaussian(mixture[k]!, colours[at]!, colours[at + 1]!, colours[at + 2]!);
        shares[k]![sample] = term;
        highest = Math.max(highest, term);
      }
      let sum = 0;
      for (const share of shares) {
        share[sample] = Math.exp(share[sample]! - highest);
        sum += share[sample]!;
      }
      for (const share of shares) {
        share[sample] = share[sample]! / sum;
      }
    }
  }
  return mixture;
}

/** Each sample to the nearest of a few colours far from each other (farthest-point start). */
function startShares(colours: ColourSamples, count: number): Float32Array[] {
  const distance = new Float32Array(count).fill(Infinity);
  const nearest = new Int32Array(count);
  let centre = 0;
  const k = Math.min(COMPONENTS, Math.max(1, Math.floor(count / 32)));
  const candidates = Math.max(1, Math.floor(count / 512));
  for (let index = 0; index < k; index += 1) {
    const at = centre * 3;
    for (let sample = 0; sample < count; sample += 1) {
      const d =
        (colours[sample * 3]! - colours[at]!) ** 2 +
        (colours[sample * 3 + 1]! - colours[at + 1]!) ** 2 +
        (colours[sample * 3 + 2]! - colours[at + 2]!) ** 2;
      if (d < distance[sample]!) {
        distance[sample] = d;
        nearest[sample] = index;
      }
    }
    // The farthest of a thinned-out set: a single odd pixel seldom becomes a centre.
    let best = -1;
    for (let sample = 0; sample < count; sample += candidates) {
      if (distance[sample]! > best) {
        best = distance[sample]!;
        centre = sample;
      }
    }
  }
  return Array.from({ length: k }, (_, index) =>
    Float32Array.from(nearest, (which) => (which === index ? 1 : 0)),
  );
}

function gaussianOf(colours: ColourSamples, share: Float32Array, count: number): Gaussian | null {
  let weight = 0;
  const sums = [0, 0, 0];
  for (let sample = 0; sample < count; sample += 1) {
    const w = share[sample]!;
    weight += w;
    for (let c = 0; c < 3; c += 1) {
      sums[c]! += w * colours[sample * 3 + c]!;
    }
  }
  if (weight < 4) {
    return null;
  }
  const mean = [sums[0]! / weight, sums[1]! / weight, sums[2]! / weight] as const;
  let [xx, xy, xz, yy, yz, zz] = [0, 0, 0, 0, 0, 0];
  for (let sample = 0; sample < count; sample += 1) {
    const w = share[sample]!;
    const x = colours[sample * 3]! - mean[0];
    const y = colours[sample * 3 + 1]! - mean[1];
    const z = colours[sample * 3 + 2]! - mean[2];
    xx += w * x * x;
    xy += w * x * y;
    xz += w * x * z;
    yy += w * y * y;
    yz += w * y * z;
    zz += w * z * z;
  }
  xx = xx / weight + MIN_VARIANCE;
  yy = yy / weight + MIN_VARIANCE;
  zz = zz / weight + MIN_VARIANCE;
  xy /= weight;
  xz /= weight;
  yz /= weight;
  const determinant = xx * (yy * zz - yz * yz) - xy * (xy * zz - yz * xz) + xz * (xy * yz - yy * xz);
  const precision = [
    (yy * zz - yz * yz) / determinant,
    (xz * yz - xy * zz) / determinant,
    (xy * yz - xz * yy) / determinant,
    (xx * zz - xz * xz) / determinant,
    (xy * xz - xx * yz) / determinant,
    (xx * yy - xy * xy) / determinant,
  ] as const;
  const logScale = Math.log(weight / count) - 0.5 * Math.log((2 * Math.PI) ** 3 * determinant);
  return { mean, precision, logScale };
}
