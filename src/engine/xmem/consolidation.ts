/** Makes a few prototypes of many memory columns: what was used most stays, the others flow into it. */
import type { ObjectId } from '../../core/base/ids';
import { highestOf } from '../../core/memory/usageSelection';
import { freshUsage, isValid, usageOf, type MemoryBlock, type ObjectValues } from './memoryBlock';

/** Shares below this change nothing that float32 could hold. */
const NEGLIGIBLE = 1e-10;

type Candidate = { readonly block: MemoryBlock; readonly column: number };

/**
 * Prototypes of the columns of `blocks` (XMem, section 3.3): the `count` columns with the highest usage, with their own
 * keys, and with values and shrinkage that are the mean of all columns' by the softmax of their similarity. An object's
 * value is the mean of those columns where it is valid, and is valid where the prototype's own column is. Columns in
 * which no object is valid are left out. Null when there is none left.
 */
export function consolidate(blocks: readonly MemoryBlock[], count: number): MemoryBlock | null {
  const objects = [...new Set(blocks.flatMap(({ values }) => [...values.keys()]))];
  const candidates: Candidate[] = [];
  const usage: number[] = [];
  for (const block of blocks) {
    const usageOfBlock = usageOf(block);
    for (let column = 0; column < block.columns; column += 1) {
      if (objects.some((objectId) => isValid(block, objectId, column))) {
        candidates.push({ block, column });
        usage.push(usageOfBlock[column]!);
      }
    }
  }
  const chosen = Array.from(highestOf(usage, count), (index) => candidates[index]!);
  if (chosen.length === 0) {
    return null;
  }
  const keyDim = chosen[0]!.block.keys.length / chosen[0]!.block.columns;
  const keys = new Float32Array(chosen.length * keyDim);
  const shrinkage = new Float32Array(chosen.length);
  const values = new Map(
    objects.map((objectId) => [objectId, emptyValues(objectId, blocks, chosen)] as const),
  );
  chosen.forEach((prototype, index) => {
    keys.set(rowOf(prototype.block.keys, prototype, keyDim), index * keyDim);
    const shares = sharesFor(prototype, candidates, keyDim);
    shrinkage[index] = candidates.reduce(
      (sum, { block, column }, at) => sum + shares[at]! * block.shrinkage[column]!,
      0,
    );
    for (const [objectId, own] of values) {
      if (isValid(prototype.block, objectId, prototype.column)) {
        mixInto({ rows: own.rows, index, count: chosen.length }, objectId, candidates, shares);
      }
    }
  });
  return { columns: chosen.length, keys, shrinkage, selection: null, values, ...freshUsage(chosen.length) };
}

function emptyValues(
  objectId: ObjectId,
  blocks: readonly MemoryBlock[],
  chosen: readonly Candidate[],
): ObjectValues {
  const block = blocks.find(({ values }) => values.has(objectId))!;
  const valueDim = block.values.get(objectId)!.rows.length / block.columns;
  const valid = Uint8Array.from(chosen, (entry) => (isValid(entry.block, objectId, entry.column) ? 1 : 0));
  return { rows: new Float32Array(chosen.length * valueDim), valid: valid.includes(0) ? valid : null };
}

/** The softmax over all candidates of how similar each is to the prototype, which asks with its own selection. */
function sharesFor(
  prototype: Candidate,
  candidates: readonly Candidate[],
  keyDim: number,
): Float64Array<ArrayBuffer> {
  const key = rowOf(prototype.block.keys, prototype, keyDim);
  const selection = rowOf(prototype.block.selection!, prototype, keyDim);
  let highest = -Infinity;
  const shares = Float64Array.from(candidates, ({ block, column }) => {
    const base = column * keyDim;
    let sum = 0;
    for (let channel = 0; channel < keyDim; channel += 1) {
      const difference = block.keys[base + channel]! - key[channel]!;
      sum += selection[channel]! * difference * difference;
    }
    const similarity = (-block.shrinkage[column]! * sum) / Math.sqrt(keyDim);
    highest = Math.max(highest, similarity);
    return similarity;
  });
  let total = 0;
  for (let index = 0; index < shares.length; index += 1) {
    shares[index] = Math.exp(shares[index]! - highest);
    total += shares[index]!;
  }
  return shares.map((share) => share / total);
}

/** Writes the mean of the object's valid values, by their shares, into a row. The prototype's own is one of them. */
function mixInto(
  { rows, index, count }: { readonly rows: Float32Array; readonly index: number; readonly count: number },
  objectId: ObjectId,
  candidates: readonly Candidate[],
  shares: Float64Array,
): void {
  const valueDim = rows.length / count;
  const mixed = new Float64Array(valueDim);
  let total = 0;
  candidates.forEach((entry, at) => {
    const share = shares[at]!;
    if (share > NEGLIGIBLE && isValid(entry.block, objectId, entry.column)) {
      const row = rowOf(entry.block.values.get(objectId)!.rows, entry, valueDim);
      total += share;
      for (let channel = 0; channel < valueDim; channel += 1) {
        mixed[channel] = mixed[channel]! + share * row[channel]!;
      }
    }
  });
  rows.set(
    mixed.map((value) => value / total),
    index * valueDim,
  );
}

function rowOf(rows: Float32Array, { column }: Candidate, width: number): Float32Array {
  return rows.subarray(column * width, (column + 1) * width);
}
