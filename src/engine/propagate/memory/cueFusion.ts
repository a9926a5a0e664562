/** How the cues are put together: weights learned per label where the truth is known, from the cues' test drawings. */
import type { Size } from '../../../core/geometry/box';
import { boxBlur } from './boxBlur';
import { logitOf } from './softLabels';

/** Shares of the cues in a drawing, which add up to 1. */
export type CueWeights = { readonly memory: number; readonly sam: number; readonly colour: number };

/** What each cue says of one label at each work pixel. */
export type CuePlanes = {
  /** Probability, 0..1. */
  readonly rough: Float32Array;
  /** Logits; null where the cue is off or has nothing to say. */
  readonly sam: Float32Array | null;
  readonly colour: Float32Array | null;
};

/** Test drawings of one label on one annotated frame, thinned out to pixels that are not plain background. */
export type FusionRows = {
  readonly hasSam: boolean;
  /** One column per feature: the rough answer, two of SAM where there is one, three of colour where it is on. */
  readonly columns: readonly Float32Array[];
  /** Probability that the pixel is the label's, 0..1. */
  readonly truth: Float32Array;
};

/** One weight per column of `FusionRows`, and a constant last. */
export type FusionWeights = {
  readonly hasSam: boolean;
  readonly values: readonly number[];
  /** How much of the drawing is each cue's: shares of what moves the logits on the rows that were learned from. */
  readonly shares: CueWeights;
};

const LOGIT_LIMIT = 8;
const ROUGH_FLOOR = 0.01;
/** Radii of the surroundings that are looked at, in work pixels: they undo grain in colour, and blur in SAM's edges. */
const COLOUR_RADII = [2, 6] as const;
const SAM_RADIUS = 3;
/** SAM and its surroundings. */
const SAM_COLUMNS = 2;
const MAX_ROWS = 12_000;
/**
 * Pull towards the weights that trust alone gives, where these leave a tenth of the label wrong. With 300
 * and 3,000 in its place, the mean J of frames of four DAVIS 2016 sequences differed by 0.009 at most.
 */
const PRIOR_STRENGTH = 1000;
const USUAL_ERROR = 0.1;
/** The coarse start knows the place better than the memory will later, so its weight is not learned. */
const FIXED = 1e9;
const MAX_ROUNDS = 25;
const LEAST_SHARE = 1 / 64;
const GAIN_PER_ROW = 1e-6;

function clamped(plane: Float32Array): Float32Array {
  return plane.map((value) => Math.max(-LOGIT_LIMIT, Math.min(LOGIT_LIMIT, value)));
}

/** The rough answer, SAM and its surroundings, colour and its surroundings; what is missing is left out. */
function featuresOf({ rough, sam, colour }: CuePlanes, { width, height }: Size): Float32Array[] {
  const features: Float32Array[] = [rough.map((value) => logitOf(value, ROUGH_FLOOR))];
  if (sam) {
    const limited = clamped(sam);
    features.push(limited, boxBlur(limited, width, height, SAM_RADIUS));
  }
  if (colour) {
    const limited = clamped(colour);
    features.push(limited, ...COLOUR_RADII.map((radius) => boxBlur(limited, width, height, radius)));
  }
  return features;
}

/** `truth` is 0..1 for each work pixel; ignored pixels are never learned from. */
export function fusionRows(
  planes: CuePlanes,
  truth: Float32Array,
  size: Size,
  ignored?: Uint8Array,
): FusionRows {
  const pixels: number[] = [];
  for (let pixel = 0; pixel < truth.length; pixel += 1) {
    const isPlain =
      planes.rough[pixel]! < 0.003 && truth[pixel]! < 0.01 && !(planes.sam && planes.sam[pixel]! > -6);
    if (!isPlain && !ignored?.[pixel]) {
      pixels.push(pixel);
    }
  }
  const every = Math.max(1, pixels.length / MAX_ROWS);
  const chosen: number[] = [];
  for (let at = 0; at < pixels.length; at += every) {
    chosen.push(pixels[Math.floor(at)]!);
  }
  const pick = (plane: Float32Array): Float32Array => Float32Array.from(chosen, (pixel) => plane[pixel]!);
  return {
    hasSam: planes.sam !== null,
    columns: featuresOf(planes, size).map(pick),
    truth: pick(truth),
  };
}

/** The weights that trust alone gives: the surroundings count for nothing. */
export function plainWeights(weights: CueWeights, hasSam: boolean, hasColour: boolean): FusionWeights {
  return {
    hasSam,
    shares: weights,
    values: [
      weights.memory,
      ...(hasSam ? [weights.sam, 0] : []),
      ...(hasColour ? [weights.colour, 0, 0] : []),
      0,
    ],
  };
}

/**
 * Logistic regression by damped Newton steps (McCullagh and Nelder, Generalized Linear Models, 1989), drawn towards
 * `prior`. Rows without SAM teach only weights without SAM.
 */
export function learnFusion(rows: readonly FusionRows[], prior: FusionWeights): FusionWeights {
  const usable = rows
    .filter(({ hasSam }) => hasSam || !prior.hasSam)
    .map(({ hasSam, columns, truth }) => ({
      truth,
      columns: hasSam && !prior.hasSam ? [columns[0]!, ...columns.slice(1 + SAM_COLUMNS)] : columns,
    }));
  const count = usable.reduce((sum, { truth }) => sum + truth.length, 0);
  if (count === 0) {
    return prior;
  }
  const pulled: Pulled = { prior: prior.values, pulls: pullsOf(prior, errorOf(usable, prior.values)) };
  let values = [...prior.values];
  let loss = lossOf(usable, values, pulled);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const step = newtonStep(usable, values, pulled);
    // A whole step may overshoot where the start is far off and sure of itself.
    let share = 1;
    let next = stepped(values, step, share);
    let nextLoss = lossOf(usable, next, pulled);
    while (nextLoss > loss && share > LEAST_SHARE) {
      share /= 2;
      next = stepped(values, step, share);
      nextLoss = lossOf(usable, next, pulled);
    }
    const isDone = !(nextLoss < loss - GAIN_PER_ROW * count);
    if (nextLoss < loss) {
      [values, loss] = [next, nextLoss];
    }
    if (isDone) {
      break;
    }
  }
  return { hasSam: prior.hasSam, values, shares: sharesOf(usable, values, prior.hasSam) };
}

/** By the spread (standard deviation over all rows) of what each cue adds to the logits. */
function sharesOf(rows: readonly Columns[], values: readonly number[], hasSam: boolean): CueWeights {
  const columnCount = rows[0]!.columns.length;
  const samEnd = 1 + (hasSam ? SAM_COLUMNS : 0);
  const memory = spreadOf(rows, values, 0, 1);
  const sam = spreadOf(rows, values, 1, samEnd);
  const colour = spreadOf(rows, values, samEnd, columnCount);
  const sum = Math.max(Number.MIN_VALUE, memory + sam + colour);
  return { memory: memory / sum, sam: sam / sum, colour: colour / sum };
}

function spreadOf(rows: readonly Columns[], values: readonly number[], from: number, to: number): number {
  let [count, sum, squares] = [0, 0, 0];
  for (const { columns, truth } of rows) {
    for (let row = 0; row < truth.length; row += 1) {
      let part = 0;
      for (let i = from; i < to; i += 1) {
        part += values[i]! * columns[i]![row]!;
      }
      count += 1;
      sum += part;
      squares += part * part;
    }
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

type Pulled = { readonly prior: readonly number[]; readonly pulls: readonly number[] };

/**
 * One for each weight; stronger where trust alone errs little, for there is not much to learn on a frame on which
 * anything works. SAM, where trust gives it a small share, may not win more by a frame on which it happens to do well:
 * it does worse on what a label becomes than on what it was when its user drew it.
 */
function pullsOf({ values, hasSam, shares }: FusionWeights, error: number): number[] {
  const strength = Math.min(FIXED, (PRIOR_STRENGTH * USUAL_ERROR) / Math.max(Number.EPSILON, error));
  const sam = Math.min(FIXED, strength / Math.max(Number.EPSILON, shares.sam) ** 2);
  const others = values.length - 1 - (hasSam ? SAM_COLUMNS : 0);
  return [
    FIXED,
    ...Array<number>(hasSam ? SAM_COLUMNS : 0).fill(sam),
    ...Array<number>(others).fill(strength),
  ];
}

/** 1 - IoU over all rows. */
function errorOf(rows: readonly Columns[], values: readonly number[]): number {
  let both = 0;
  let either = 0;
  for (const { columns, truth } of rows) {
    for (let row = 0; row < truth.length; row += 1) {
      const isDrawn = logitAt(columns, row, values) > 0;
      const isTrue = truth[row]! > 0.5;
      both += isDrawn && isTrue ? 1 : 0;
      either += isDrawn || isTrue ? 1 : 0;
    }
  }
  return either === 0 ? 0 : 1 - both / either;
}

function stepped(values: readonly number[], step: readonly number[], share: number): number[] {
  return values.map((value, i) => value - share * step[i]!);
}

type Columns = Pick<FusionRows, 'columns' | 'truth'>;

function logitAt(columns: readonly Float32Array[], row: number, values: readonly number[]): number {
  let logit = values.at(-1)!;
  for (let i = 0; i < columns.length; i += 1) {
    logit += values[i]! * columns[i]![row]!;
  }
  return logit;
}

/** Cross entropy with soft truth, plus the pull towards the prior. */
function lossOf(rows: readonly Columns[], values: readonly number[], { prior, pulls }: Pulled): number {
  let loss = values.reduce((sum, value, i) => sum + (pulls[i]! / 2) * (value - prior[i]!) ** 2, 0);
  for (const { columns, truth } of rows) {
    for (let row = 0; row < truth.length; row += 1) {
      const logit = logitAt(columns, row, values);
      loss += Math.max(logit, 0) - logit * truth[row]! + Math.log1p(Math.exp(-Math.abs(logit)));
    }
  }
  return loss;
}

function newtonStep(rows: readonly Columns[], values: readonly number[], { prior, pulls }: Pulled): number[] {
  const size = values.length;
  const gradient = values.map((value, i) => pulls[i]! * (value - prior[i]!));
  const hessian = values.map((_, i) => values.map((__, j) => (i === j ? pulls[i]! : 0)));
  const x = new Float64Array(size).fill(1);
  for (const { columns, truth } of rows) {
    for (let row = 0; row < truth.length; row += 1) {
      const p = 1 / (1 + Math.exp(-logitAt(columns, row, values)));
      const error = p - truth[row]!;
      const slope = p * (1 - p);
      for (let i = 0; i < size; i += 1) {
        x[i] = i < columns.length ? columns[i]![row]! : 1;
        gradient[i]! += error * x[i]!;
        for (let j = 0; j <= i; j += 1) {
          hessian[i]![j]! += slope * x[i]! * x[j]!;
        }
      }
    }
  }
  return solveSymmetric(hessian, gradient);
}

export function fuseCues(
  planes: CuePlanes,
  size: Size,
  { values }: FusionWeights,
): Float32Array<ArrayBuffer> {
  const features = featuresOf(planes, size);
  const logits = new Float32Array(planes.rough.length).fill(values.at(-1)!);
  features.forEach((plane, i) => {
    const weight = values[i]!;
    if (weight !== 0) {
      for (let pixel = 0; pixel < logits.length; pixel += 1) {
        logits[pixel]! += weight * plane[pixel]!;
      }
    }
  });
  return logits;
}

/** Solves `matrix * x = right` for a symmetric positive definite matrix of which the lower half is given (Cholesky). */
function solveSymmetric(matrix: readonly number[][], right: readonly number[]): number[] {
  const size = right.length;
  const lower = matrix.map((row) => [...row]);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k += 1) {
        sum -= lower[i]![k]! * lower[j]![k]!;
      }
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  }
  const x = [...right];
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) {
      x[i]! -= lower[i]![k]! * x[k]!;
    }
    x[i]! /= lower[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) {
      x[i]! -= lower[k]![i]! * x[k]!;
    }
    x[i]! /= lower[i]![i]!;
  }
  return x;
}
