/** A label's probabilities on one frame: low-resolution logits, 8 bit, in runs. README.md has the byte format. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';

/** Longest side of a soft mask's grid. */
export const SOFT_SIDE_PX = 384;
/** Logits beyond +-8 (p = 0.0003 and 0.9997) say no more than these. */
export const SOFT_LOGIT_LIMIT = 8;
/** 256 codes over 16 units of logit. Decoding is at most half of this off. */
export const SOFT_QUANTUM = (2 * SOFT_LOGIT_LIMIT) / 256;

/** Immutable. `bytes` is what encodeSoftMask makes; the grid covers the whole picture, whatever its shape. */
export type SoftMask = {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

const LOWEST = 0;
const HIGHEST = 255;
/** Token kinds, in the low two bits of a token's number; the number's rest is the count. */
const RUN_OF_LOWEST = 0;
const RUN_OF_HIGHEST = 1;
const RUN_OF_CODE = 2;
const LITERALS = 3;
/** Below these a run costs no less than the literals it breaks up. */
const SHORTEST_SATURATED_RUN = 3;
const SHORTEST_RUN = 5;
/** A token's number is a varint of at most 5 bytes, followed by at most one byte for each code it stands for. */
const MAX_NUMBER_BYTES = 5;

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
 * above 0 stays above 0 and every other stays below.
 */
export function encodeSoftMask(logits: Float32Array, width: number, height: number): SoftMask {
  assert(logits.length === width * height, 'a soft mask has width * height logits');
  return { width, height, bytes: packRuns(quantise(logits)) };
}

/** Logits, row-major, width * height. Throws when `bytes` is not what encodeSoftMask makes. */
export function decodeSoftMask({ width, height, bytes }: SoftMask): Float32Array<ArrayBuffer> {
  const logits = new Float32Array(width * height);
  let at = 0;
  let filled = 0;
  while (at < bytes.length) {
    let number = 0;
    let scale = 1;
    let byte = 0x80;
    for (let read = 0; byte >= 0x80; read += 1, scale *= 128) {
      assert(read < MAX_NUMBER_BYTES && at < bytes.length, 'a soft mask breaks off');
      byte = bytes[at]!;
      at += 1;
      number += (byte & 0x7f) * scale;
    }
    const kind = number % 4;
    const count = (number - kind) / 4;
    const following = kind === LITERALS ? count : kind === RUN_OF_CODE ? 1 : 0;
    assert(count > 0 && count <= logits.length - filled, 'a soft mask has too many values');
    assert(at + following <= bytes.length, 'a soft mask breaks off');
    if (kind === LITERALS) {
      for (let index = 0; index < count; index += 1) {
        logits[filled + index] = logitOfCode[bytes[at + index]!]!;
      }
    } else {
      const code = kind === RUN_OF_CODE ? bytes[at]! : kind === RUN_OF_HIGHEST ? HIGHEST : LOWEST;
      logits.fill(logitOfCode[code]!, filled, filled + count);
    }
    at += following;
    filled += count;
  }
  assert(filled === logits.length, 'a soft mask has too few values');
  return logits;
}

/** Codes 0..255: above 0 <=> code >= 128. */
function quantise(logits: Float32Array): Uint8Array {
  const codes = new Uint8Array(logits.length);
  for (let index = 0; index < logits.length; index += 1) {
    const logit = logits[index]!;
    // A comparison that fails for NaN leaves the code at 0.
    if (logit > -SOFT_LOGIT_LIMIT) {
      codes[index] = logit >= SOFT_LOGIT_LIMIT ? HIGHEST : Math.ceil(logit * QUANTA_PER_UNIT) + 127;
    }
  }
  return codes;
}

function packRuns(codes: Uint8Array): Uint8Array<ArrayBuffer> {
  // A run saves what the tokens around it cost, but for a byte or two of the numbers of very long literals.
  const bytes = new Uint8Array(codes.length + (codes.length >> 10) + 2 * MAX_NUMBER_BYTES);
  let size = 0;
  function putNumber(kind: number, count: number): void {
    let number = count * 4 + kind;
    while (number >= 0x80) {
      bytes[size] = (number % 128) + 0x80;
      size += 1;
      number = Math.floor(number / 128);
    }
    bytes[size] = number;
    size += 1;
  }
  function putLiterals(from: number, to: number): void {
    if (to > from) {
      putNumber(LITERALS, to - from);
      bytes.set(codes.subarray(from, to), size);
      size += to - from;
    }
  }
  let literalsFrom = 0;
  for (let at = 0; at < codes.length;) {
    const code = codes[at]!;
    let end = at + 1;
    while (end < codes.length && codes[end] === code) {
      end += 1;
    }
    const isSaturated = code === LOWEST || code === HIGHEST;
    if (end - at >= (isSaturated ? SHORTEST_SATURATED_RUN : SHORTEST_RUN)) {
      putLiterals(literalsFrom, at);
      putNumber(code === LOWEST ? RUN_OF_LOWEST : code === HIGHEST ? RUN_OF_HIGHEST : RUN_OF_CODE, end - at);
      if (!isSaturated) {
        bytes[size] = code;
        size += 1;
      }
      literalsFrom = end;
    }
    at = end;
  }
  putLiterals(literalsFrom, codes.length);
  return bytes.slice(0, size);
}
