/** Small memories at random, for comparing with plain writings. */
import * as fc from 'fast-check';
import { objectId } from '../../../core/base/ids';
import type { MemoryBlock, ObjectValues } from '../memoryBlock';

export const keyDim = 4;
export const valueDim = 3;
export const firstId = objectId(1);
export const secondId = objectId(2);

const anyNumber = fc.integer({ min: -20, max: 20 }).map((value) => value / 10);

function floats(length: number, numbers = anyNumber): fc.Arbitrary<Float32Array<ArrayBuffer>> {
  return fc
    .array(numbers, { minLength: length, maxLength: length })
    .map((values) => Float32Array.from(values));
}

export function anyKeys(rows: number): fc.Arbitrary<Float32Array<ArrayBuffer>> {
  return floats(rows * keyDim);
}

export function anySelection(rows: number): fc.Arbitrary<Float32Array<ArrayBuffer>> {
  return floats(
    rows * keyDim,
    fc.integer({ min: 0, max: 10 }).map((value) => value / 10),
  );
}

function anyValues(columns: number): fc.Arbitrary<ObjectValues> {
  return fc.record({
    rows: floats(columns * valueDim),
    valid: fc.option(
      fc
        .array(fc.constantFrom(0, 1), { minLength: columns, maxLength: columns })
        .map((bits) => Uint8Array.from(bits)),
      { freq: 2 },
    ),
  });
}

/** A block of 1 to 8 columns of two labels, each of which may be missing or invalid in places. */
export const anyBlock: fc.Arbitrary<MemoryBlock> = fc.integer({ min: 1, max: 8 }).chain((columns) =>
  fc
    .record({
      keys: anyKeys(columns),
      shrinkage: floats(
        columns,
        fc.integer({ min: 10, max: 30 }).map((value) => value / 10),
      ),
      selection: anySelection(columns),
      first: fc.option(anyValues(columns), { freq: 5 }),
      second: fc.option(anyValues(columns), { freq: 3 }),
      use: fc.array(fc.nat(20), { minLength: columns, maxLength: columns }),
    })
    .map(({ first, second, use, ...rest }) => ({
      ...rest,
      columns,
      values: new Map([
        ...(first ? [[firstId, first] as const] : []),
        ...(second ? [[secondId, second] as const] : []),
      ]),
      use: Float64Array.from(use),
      life: new Float64Array(columns).fill(2),
    })),
);

/** One column of any block, with what each label has there. */
export type PlainColumn = {
  readonly key: readonly number[];
  readonly shrinkage: number;
  readonly selection: readonly number[];
  readonly usage: number;
  readonly values: ReadonlyMap<number, readonly number[]>;
};

export function plainColumns(blocks: readonly MemoryBlock[]): PlainColumn[] {
  return blocks.flatMap((block) =>
    Array.from({ length: block.columns }, (_, column) => ({
      key: rowOf(block.keys, column, keyDim),
      shrinkage: block.shrinkage[column]!,
      selection: block.selection ? rowOf(block.selection, column, keyDim) : [],
      usage: block.use[column]! / block.life[column]!,
      values: new Map(
        [...block.values]
          .filter(([, { valid }]) => valid === null || valid[column] === 1)
          .map(([id, { rows }]) => [id, rowOf(rows, column, valueDim)] as const),
      ),
    })),
  );
}

export function rowOf(rows: Float32Array, row: number, width: number): number[] {
  return Array.from(rows.subarray(row * width, (row + 1) * width));
}

/** Straight from the formula. */
export function plainSimilarity(
  column: PlainColumn,
  key: readonly number[],
  selection: readonly number[],
): number {
  const sum = column.key.reduce(
    (total, value, channel) => total + selection[channel]! * (value - key[channel]!) ** 2,
    0,
  );
  return (-column.shrinkage * sum) / Math.sqrt(keyDim);
}

export function plainSoftmax(values: readonly number[]): number[] {
  const highest = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - highest));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/** The mean of rows by their weights. */
export function plainMean(rows: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Array.from({ length: valueDim }, (_, channel) =>
    rows.reduce((sum, row, index) => sum + (row[channel]! * weights[index]!) / total, 0),
  );
}
