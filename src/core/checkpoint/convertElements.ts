/** Turns the numbers of a checkpoint into those of a graph, and refuses what is no finite number there. */
import type { WeightDtype } from '../models/graphManifest';
import type { CheckpointDtype } from './checkpointIndex';
import { isFloat } from './checkpointIndex';
import { CheckpointProblem } from './checkpointProblem';
import { floatBitsForHalf, floatBitsOfHalf, HALF_OVERFLOW, halfOfFloatBits } from './halfFloat';

const FLOAT_EXPONENT = 0x7f800000;
const HALF_EXPONENT = 0x7c00;

/** Whether numbers of one type may become numbers of the other: floats any float, others only their own. */
export function canConvert(from: CheckpointDtype, to: WeightDtype): boolean {
  if (isFloat(from)) {
    return to === 'float32' || to === 'float16';
  }
  const areBytes = (from === 'bool' || from === 'uint8') && (to === 'bool' || to === 'uint8');
  return from === to || areBytes;
}

/**
 * `bytes` begins at a multiple of 8 in its buffer and may become part of the result. Floats round to nearest, ties to
 * even. Throws a CheckpointProblem for NaN, infinity and what overflows.
 */
export function convertElements(
  bytes: Uint8Array<ArrayBuffer>,
  from: CheckpointDtype,
  to: WeightDtype,
): Uint8Array<ArrayBuffer> {
  if (!isFloat(from)) {
    return bytes;
  }
  return to === 'float16' ? toHalves(bytes, from) : toFloats(bytes, from);
}

function toFloats(bytes: Uint8Array<ArrayBuffer>, from: CheckpointDtype): Uint8Array<ArrayBuffer> {
  if (from === 'float64') {
    const floats = Float32Array.from(doublesOf(bytes));
    checkFloats(new Uint32Array(floats.buffer));
    return new Uint8Array(floats.buffer);
  }
  const bits = from === 'float32' ? wordsOf(bytes) : widened(bytes, from);
  checkFloats(bits);
  return from === 'float32' ? bytes : new Uint8Array(bits.buffer);
}

function toHalves(bytes: Uint8Array<ArrayBuffer>, from: CheckpointDtype): Uint8Array<ArrayBuffer> {
  if (from === 'float16') {
    for (const half of halvesOf(bytes)) {
      if ((half & HALF_EXPONENT) === HALF_EXPONENT) {
        notFinite((half & 0x3ff) !== 0);
      }
    }
    return bytes;
  }
  const bits =
    from === 'float64'
      ? Uint32Array.from(doublesOf(bytes), floatBitsForHalf)
      : from === 'float32'
        ? wordsOf(bytes)
        : widened(bytes, from);
  const halves = new Uint16Array(bits.length);
  for (let index = 0; index < bits.length; index += 1) {
    const float = bits[index]!;
    const half = halfOfFloatBits(float);
    if ((half & HALF_EXPONENT) === HALF_OVERFLOW) {
      checkFloat(float);
      throw new CheckpointProblem('has a number over 65504, the largest of half precision');
    }
    halves[index] = half;
  }
  return new Uint8Array(halves.buffer);
}

function checkFloats(bits: Uint32Array): void {
  for (let index = 0; index < bits.length; index += 1) {
    if ((bits[index]! & FLOAT_EXPONENT) === FLOAT_EXPONENT) {
      checkFloat(bits[index]!);
    }
  }
}

function checkFloat(bits: number): void {
  if ((bits & FLOAT_EXPONENT) === FLOAT_EXPONENT) {
    notFinite((bits & 0x7fffff) !== 0);
  }
}

function notFinite(isNaN: boolean): never {
  throw new CheckpointProblem(isNaN ? 'has a value that is not a number (NaN)' : 'has an infinite value');
}

function widened(bytes: Uint8Array<ArrayBuffer>, from: CheckpointDtype): Uint32Array<ArrayBuffer> {
  const halves = halvesOf(bytes);
  const bits = new Uint32Array(halves.length);
  for (let index = 0; index < halves.length; index += 1) {
    bits[index] = from === 'float16' ? floatBitsOfHalf(halves[index]!) : halves[index]! << 16;
  }
  return bits;
}

function wordsOf(bytes: Uint8Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

function halvesOf(bytes: Uint8Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
}

function doublesOf(bytes: Uint8Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
}
