/** A label's probabilities on one frame: low-resolution logits, 8 bit, compressed. README.md has the byte format. */
import { assert, AssertionError } from '../base/assert';
import type { Size } from '../geometry/box';

/** Longest side of a soft mask's grid. */
export const SOFT_SIDE_PX = 384;
/** Logits beyond +-6 (p = 0.0025 and 0.9975) are kept as these: a greyscale picture shows no more. */
export const SOFT_LOGIT_LIMIT = 6;
/** 256 codes over 12 units of logit. Decoding is at most half of this off. */
export const SOFT_QUANTUM = (2 * SOFT_LOGIT_LIMIT) / 256;

/** Immutable. `bytes` is what encodeSoftMask makes; the grid covers the whole picture, whatever its shape. */
export type SoftMask = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/** Nibbles 0, 1..6 and 7..12 are the residuals 0, +1..+6 and -1..-6; the others start something longer. */
const LARGEST_SMALL = 6;
const ZERO_RUN = 13;
const BYTE = 14;
const MEDIUM = 15;
/** A medium residual is 7..14 on either side of 0: three bits and a sign. */
const SMALLEST_MEDIUM = LARGEST_SMALL + 1;
const LARGEST_MEDIUM = SMALLEST_MEDIUM + 7;
const SHORTEST_RUN = 3;
/** Enough for any run in a grid of SOFT_SIDE_PX squared. */
const MAX_RUN_NIBBLES = 8;

const QUANTA_PER_UNIT = 1 / SOFT_QUANTUM;
/** What each code stands for: the middle of its quantum. Code 127 is just below 0, code 128 just above. */
const logitOfCode = Float32Array.from({ length: 256 }, (_, code) => (code - 127.5) * SOFT_QUANTUM);

/** The grid for a picture of `size`: the longest side at most SOFT_SIDE_PX, never finer than the picture. */
export function softGridOf({ width, height }: Size): Size {
  const scale = Math.min(1, SOFT_SIDE_PX / Math.max(width, height));
  const toGrid = (side: number): number => Math.max(1, Math.round(side * scale));
  return { width: toGrid(width), height: toGrid(height) };
}

/**
 * `logits` is row-major, width * height; values are clamped to +-SOFT_LOGIT_LIMIT and NaN counts as lowest. A logit
 * above 0 stays above 0 and every other comes back below.
 */
export function encodeSoftMask(logits: Float32Array, width: number, height: number): SoftMask {
  assert(logits.length === width * height, 'a soft mask has width * height logits');
  const nibbles = new Uint8Array(logits.length * 3 + 1);
  const size = putResiduals(residualsOf(quantise(logits), width), nibbles);
  const bytes = new Uint8Array((size + 1) >> 1);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = (nibbles[index * 2]! << 4) | nibbles[index * 2 + 1]!;
  }
  return { width, height, bytes };
}

/** Logits, row-major, width * height. Throws when `bytes` is not what encodeSoftMask makes. */
export function decodeSoftMask({ width, height, bytes }: SoftMask): Float32Array<ArrayBuffer> {
  const codes = takeResiduals(bytes, width * height);
  const logits = new Float32Array(codes.length);
  for (let index = 0; index < codes.length; index += 1) {
    const code = (codes[index]! + predictCode(codes, index, width)) & 255;
    codes[index] = code;
    logits[index] = logitOfCode[code]!;
  }
  return logits;
}

/** Codes 0..255: above 0 <=> code >= 128. */
function quantise(logits: Float32Array): Uint8Array {
  const codes = new Uint8Array(logits.length);
  for (let index = 0; index < logits.length; index += 1) {
    const logit = logits[index]!;
    // A comparison that fails for NaN leaves the code at 0.
    if (logit > -SOFT_LOGIT_LIMIT) {
      codes[index] = logit >= SOFT_LOGIT_LIMIT ? 255 : Math.ceil(logit * QUANTA_PER_UNIT) + 127;
    }
  }
  return codes;
}

/**
 * The median edge detector of LOCO-I / JPEG-LS (ITU-T T.87, A.3.1): of left, above and left + above - upper left, the
 * middle one. Outside the grid lies code 0. Reads only codes before `index`.
 */
function predictCode(codes: Uint8Array, index: number, width: number): number {
  const hasLeft = index % width !== 0;
  const left = hasLeft ? codes[index - 1]! : 0;
  const above = index >= width ? codes[index - width]! : 0;
  const corner = hasLeft && index > width ? codes[index - width - 1]! : 0;
  const low = left < above ? left : above;
  const high = left < above ? above : left;
  return corner >= high ? low : corner <= low ? high : left + above - corner;
}

/** What the prediction misses each code by, modulo 256. The same as predictCode, its neighbours kept at hand. */
function residualsOf(codes: Uint8Array, width: number): Uint8Array {
  const residuals = new Uint8Array(codes.length);
  for (let start = 0; start < codes.length; start += width) {
    let left = 0;
    let corner = 0;
    for (let index = start; index < start + width; index += 1) {
      const above = start > 0 ? codes[index - width]! : 0;
      const low = left < above ? left : above;
      const high = left < above ? above : left;
      const predicted = corner >= high ? low : corner <= low ? high : left + above - corner;
      const code = codes[index]!;
      residuals[index] = code - predicted;
      left = code;
      corner = above;
    }
  }
  return residuals;
}

/** Writes residuals as nibbles and returns how many. */
function putResiduals(residuals: Uint8Array, nibbles: Uint8Array): number {
  let size = 0;
  for (let at = 0; at < residuals.length; at += 1) {
    const residual = (residuals[at]! << 24) >> 24;
    const distance = residual < 0 ? -residual : residual;
    if (residual === 0) {
      let end = at + 1;
      while (end < residuals.length && residuals[end] === 0) {
        end += 1;
      }
      if (end - at < SHORTEST_RUN) {
        nibbles[size++] = 0;
      } else {
        size = putRun(end - at, nibbles, size);
        at = end - 1;
      }
    } else if (distance <= LARGEST_SMALL) {
      nibbles[size++] = residual > 0 ? residual : LARGEST_SMALL + distance;
    } else if (distance <= LARGEST_MEDIUM) {
      nibbles[size++] = MEDIUM;
      nibbles[size++] = distance - SMALLEST_MEDIUM + (residual > 0 ? 0 : 8);
    } else {
      nibbles[size++] = BYTE;
      nibbles[size++] = residuals[at]! >> 4;
      nibbles[size++] = residuals[at]! & 15;
    }
  }
  return size;
}

/** A run's count less SHORTEST_RUN, three bits to a nibble, lowest first; 8 is added to all nibbles but the last. */
function putRun(count: number, nibbles: Uint8Array, start: number): number {
  let size = start;
  nibbles[size++] = ZERO_RUN;
  let rest = count - SHORTEST_RUN;
  for (; rest >= 8; rest >>= 3) {
    nibbles[size++] = 8 | (rest & 7);
  }
  nibbles[size++] = rest;
  return size;
}

function takeResiduals(bytes: Uint8Array, count: number): Uint8Array {
  const residuals = new Uint8Array(count);
  const size = bytes.length * 2;
  let at = 0;
  function take(): number {
    assert(at < size, 'a soft mask breaks off');
    const byte = bytes[at >> 1]!;
    at += 1;
    return at & 1 ? byte >> 4 : byte & 15;
  }
  for (let filled = 0; filled < count; filled += 1) {
    const nibble = take();
    if (nibble <= LARGEST_SMALL) {
      residuals[filled] = nibble;
    } else if (nibble < ZERO_RUN) {
      residuals[filled] = LARGEST_SMALL - nibble;
    } else if (nibble === MEDIUM) {
      const next = take();
      residuals[filled] = next < 8 ? SMALLEST_MEDIUM + next : 8 - SMALLEST_MEDIUM - next;
    } else if (nibble === BYTE) {
      residuals[filled] = (take() << 4) | take();
    } else {
      const run = takeRun(take);
      assert(run <= count - filled, 'a soft mask has too many values');
      filled += run - 1;
    }
  }
  assert(size - at === 0 || (size - at === 1 && take() === 0), 'a soft mask has too many values');
  return residuals;
}

function takeRun(take: () => number): number {
  let run = SHORTEST_RUN;
  for (let read = 0; read < MAX_RUN_NIBBLES; read += 1) {
    const nibble = take();
    run += (nibble & 7) << (3 * read);
    if (nibble < 8) {
      return run;
    }
  }
  throw new AssertionError('a soft mask has a run without an end');
}
