/** The tensors of a checkpoint: their names, types and shapes, and where in the file their numbers lie. */
import type { CheckpointContainer } from '../models/graphManifest';
import { elementCount } from '../models/graphManifest';
import { refuse, quoted } from './checkpointProblem';
import type { ZipEntry } from './zipDirectory';

const elementBytes = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
} as const;

export type CheckpointDtype = keyof typeof elementBytes;

export function bytesPerElement(dtype: CheckpointDtype): number {
  return elementBytes[dtype];
}

export function isFloat(dtype: CheckpointDtype): boolean {
  return dtype === 'float64' || dtype === 'float32' || dtype === 'float16' || dtype === 'bfloat16';
}

/** Where the elements of one or several tensors lie: a stretch of the file, or an entry of a ZIP. */
export type CheckpointPart =
  | { readonly kind: 'stretch'; readonly offset: number; readonly sizeBytes: number }
  | { readonly kind: 'zipEntry'; readonly entry: ZipEntry };

/** Element [i, j, …] is number `offset + i * strides[0] + j * strides[1] + …` of its part; little-endian. */
export type TensorEntry = {
  readonly dtype: CheckpointDtype;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  readonly part: CheckpointPart;
};

export type TensorGroup = ReadonlyMap<string, TensorEntry>;

export type CheckpointIndex = {
  readonly container: CheckpointContainer;
  /** By the dictionary keys that lead to it, joined by `/`; '' is the top. */
  readonly groups: ReadonlyMap<string, TensorGroup>;
};

export const MAX_RANK = 16;

/** More tensors than this no known model has. */
export const MAX_TENSORS = 50_000;

export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis -= 1) {
    strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  }
  return strides;
}

/** Throws a CheckpointProblem for shapes that no file can fill. */
export function checkShape(name: string, shape: readonly unknown[]): asserts shape is readonly number[] {
  const sizes = shape.filter((size) => Number.isSafeInteger(size) && (size as number) >= 0) as number[];
  if (sizes.length !== shape.length || shape.length > MAX_RANK) {
    refuse(`the shape of ${quoted(name)} is not a list of sizes`);
  }
  // Zeros left out: they would hide sizes whose product cannot be counted.
  const largest = elementCount(sizes.map((size) => Math.max(1, size)));
  if (largest > 2 ** 40) {
    refuse(`${quoted(name)} would have ${largest.toExponential(0)} elements`);
  }
}
