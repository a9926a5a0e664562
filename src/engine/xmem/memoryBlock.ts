/** A piece of XMem's memory: columns of keys, and what each object has there. */
import type { ObjectId } from '../../core/base/ids';

export type ObjectValues = {
  /** float32[columns * valueDim], one row for each column. */
  readonly rows: Float32Array;
  /** 1 where the object has something to say; null: everywhere. Blocks that agree may share the array. */
  readonly valid: Uint8Array | null;
};

/** Keys are never changed; usage grows. An object without an entry in `values` has nothing to say here. */
export type MemoryBlock = {
  readonly columns: number;
  /** float32[columns * keyDim], one row for each column. */
  readonly keys: Float32Array;
  /** float32[columns], at least 1. */
  readonly shrinkage: Float32Array;
  /** float32[columns * keyDim]; null in the long-term memory, which is not consolidated again. */
  readonly selection: Float32Array | null;
  readonly values: ReadonlyMap<ObjectId, ObjectValues>;
  /** How much the column was read in all. */
  readonly use: Float64Array;
  /** For how many reads it has been there. */
  readonly life: Float64Array;
};

/** So that a column that was never read through has a usage of 0. */
export const FIRST_LIFE = 1e-7;

export function freshUsage(columns: number): Pick<MemoryBlock, 'use' | 'life'> {
  return { use: new Float64Array(columns), life: new Float64Array(columns).fill(FIRST_LIFE) };
}

export function usageOf({ use, life }: Pick<MemoryBlock, 'use' | 'life'>): Float64Array {
  return use.map((value, column) => value / life[column]!);
}

/** The given columns of blocks that follow each other, as one block with the same usage. `picked` counts over all. */
export function pickColumns(blocks: readonly MemoryBlock[], picked: Int32Array): MemoryBlock {
  const starts: number[] = [];
  let total = 0;
  for (const { columns } of blocks) {
    starts.push(total);
    total += columns;
  }
  const places = Array.from(picked, (column) => {
    const block = starts.findLastIndex((start) => start <= column);
    return { block: blocks[block]!, column: column - starts[block]! };
  });
  const objects = new Set(blocks.flatMap(({ values }) => [...values.keys()]));
  const hasSelection = blocks.every(({ selection }) => selection !== null);
  return {
    columns: picked.length,
    keys: rowsOf(places, ({ keys, columns }) => ({ rows: keys, columns })),
    shrinkage: Float32Array.from(places, ({ block, column }) => block.shrinkage[column]!),
    selection: hasSelection
      ? rowsOf(places, ({ selection, columns }) => ({ rows: selection!, columns }))
      : null,
    values: new Map([...objects].map((objectId) => [objectId, pickValues(places, objectId)] as const)),
    use: Float64Array.from(places, ({ block, column }) => block.use[column]!),
    life: Float64Array.from(places, ({ block, column }) => block.life[column]!),
  };
}

type Place = { readonly block: MemoryBlock; readonly column: number };

/** Copies a row for each place; blocks that have none leave zeros. */
function rowsOf(
  places: readonly Place[],
  source: (block: MemoryBlock) => { readonly rows: Float32Array; readonly columns: number } | null,
): Float32Array<ArrayBuffer> {
  const width = places
    .map(({ block }) => source(block))
    .reduce((known, entry) => known || (entry ? entry.rows.length / entry.columns : 0), 0);
  const rows = new Float32Array(places.length * width);
  places.forEach(({ block, column }, index) => {
    const entry = source(block);
    if (entry) {
      rows.set(entry.rows.subarray(column * width, (column + 1) * width), index * width);
    }
  });
  return rows;
}

function pickValues(places: readonly Place[], objectId: ObjectId): ObjectValues {
  const rows = rowsOf(places, ({ values, columns }) => {
    const own = values.get(objectId);
    return own ? { rows: own.rows, columns } : null;
  });
  const valid = Uint8Array.from(places, ({ block, column }) => (isValid(block, objectId, column) ? 1 : 0));
  return { rows, valid: valid.includes(0) ? valid : null };
}

export function isValid({ values }: MemoryBlock, objectId: ObjectId, column: number): boolean {
  const own = values.get(objectId);
  return own !== undefined && (own.valid === null || own.valid[column] === 1);
}
