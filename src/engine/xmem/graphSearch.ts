/** Finds the nearest memory columns by the `read` graph: the same answer as nearestColumns, on all processor cores. */
import type { GraphSession } from '../ort/graphSession';
import type { MemoryBlock } from './memoryBlock';
import { nearestColumns, type Affinity, type NearestSearch } from './memoryRead';

/** Columns that the graph gives for each cell; the memory must hold so many. */
const GRAPH_TOP_K = 30;
/** Similarities computed in one run: 64 MB. */
const MAX_SIMILARITIES = 2 ** 24;

/** Made once for each block: its keys do not change. */
const spreadKeys = new WeakMap<MemoryBlock, Float32Array>();

/** A search by a session of the `read` graph; memories that are too small for it are searched without. */
export function graphSearch(session: GraphSession, signal: AbortSignal): NearestSearch {
  return async (blocks, query, topK, validOf) => {
    const columns = validColumns(blocks, validOf);
    const count = columns.reduce((sum, { kept }) => sum + kept.length, 0);
    if (count < GRAPH_TOP_K || topK > GRAPH_TOP_K) {
      return nearestColumns(blocks, query, topK, validOf);
    }
    const { cells, keys } = query;
    const width = 2 * (keys.length / cells) + 1;
    const rows = gatherKeys(blocks, columns, count, width);
    const affinity = emptyAffinity(cells, topK);
    const perRun = Math.max(1, Math.floor(MAX_SIMILARITIES / count));
    for (let first = 0; first < cells; first += perRun) {
      const end = Math.min(cells, first + perRun);
      const { outputs } = await session.run({
        feeds: {
          queries: { values: spreadQueries(query, first, end), dims: [end - first, width] },
          keys: { values: rows.keys, dims: [count, width] },
        },
        fetches: ['scores', 'columns'],
        priority: 'background',
        signal,
      });
      const scores = outputs['scores']!;
      const indices = outputs['columns']!;
      try {
        write(affinity, first, scores.data as Float32Array, indices.data as Float32Array, rows);
      } finally {
        session.disposeTensor(scores);
        session.disposeTensor(indices);
      }
    }
    return affinity;
  };
}

type ValidColumns = { readonly block: number; readonly kept: Int32Array };

function validColumns(
  blocks: readonly MemoryBlock[],
  validOf: Parameters<NearestSearch>[3],
): readonly ValidColumns[] {
  return blocks.flatMap((block, index) => {
    const valid = validOf(block);
    if (valid === undefined) {
      return [];
    }
    const all = Int32Array.from({ length: block.columns }, (_, column) => column);
    return [{ block: index, kept: valid ? all.filter((column) => valid[column] === 1) : all }];
  });
}

type GatheredKeys = {
  readonly keys: Float32Array<ArrayBuffer>;
  readonly blocks: Int32Array;
  readonly columns: Int32Array;
};

function gatherKeys(
  blocks: readonly MemoryBlock[],
  columns: readonly ValidColumns[],
  count: number,
  width: number,
): GatheredKeys {
  const gathered = {
    keys: new Float32Array(count * width),
    blocks: new Int32Array(count),
    columns: new Int32Array(count),
  };
  let at = 0;
  for (const { block, kept } of columns) {
    const spread = spreadKeysOf(blocks[block]!, width);
    if (kept.length === blocks[block]!.columns) {
      gathered.keys.set(spread, at * width);
    } else {
      kept.forEach((column, index) => {
        gathered.keys.set(spread.subarray(column * width, (column + 1) * width), (at + index) * width);
      });
    }
    gathered.blocks.fill(block, at, at + kept.length);
    gathered.columns.set(kept, at);
    at += kept.length;
  }
  return gathered;
}

/**
 * The similarity as a product of two rows: -w * sum(e (k - q)^2) with w = shrinkage / sqrt(keyDim) is
 * [2 w k, -w k^2, -w] . [q e, e, sum(e q^2)].
 */
function spreadKeysOf(block: MemoryBlock, width: number): Float32Array {
  const known = spreadKeys.get(block);
  if (known) {
    return known;
  }
  const keyDim = (width - 1) / 2;
  const spread = new Float32Array(block.columns * width);
  for (let column = 0; column < block.columns; column += 1) {
    const weight = block.shrinkage[column]! / Math.sqrt(keyDim);
    const base = column * width;
    for (let channel = 0; channel < keyDim; channel += 1) {
      const key = block.keys[column * keyDim + channel]!;
      spread[base + channel] = 2 * weight * key;
      spread[base + keyDim + channel] = -weight * key * key;
    }
    spread[base + 2 * keyDim] = -weight;
  }
  spreadKeys.set(block, spread);
  return spread;
}

function spreadQueries(
  { cells, keys, selection }: Parameters<NearestSearch>[1],
  first: number,
  end: number,
): Float32Array<ArrayBuffer> {
  const keyDim = keys.length / cells;
  const width = 2 * keyDim + 1;
  const spread = new Float32Array((end - first) * width);
  for (let cell = first; cell < end; cell += 1) {
    const base = (cell - first) * width;
    let squares = 0;
    for (let channel = 0; channel < keyDim; channel += 1) {
      const key = keys[cell * keyDim + channel]!;
      const wanted = selection[cell * keyDim + channel]!;
      spread[base + channel] = key * wanted;
      spread[base + keyDim + channel] = wanted;
      squares += wanted * key * key;
    }
    spread[base + 2 * keyDim] = squares;
  }
  return spread;
}

function emptyAffinity(cells: number, topK: number): Affinity {
  return {
    topK,
    counts: new Int32Array(cells).fill(topK),
    blocks: new Int32Array(cells * topK),
    columns: new Int32Array(cells * topK),
    weights: new Float32Array(cells * topK),
  };
}

/** The softmax over the first `topK` of the graph's scores, which come highest first. */
function write(
  { topK, blocks, columns, weights }: Affinity,
  first: number,
  scores: Float32Array,
  indices: Float32Array,
  rows: GatheredKeys,
): void {
  for (let cell = 0; cell * GRAPH_TOP_K < scores.length; cell += 1) {
    const from = cell * GRAPH_TOP_K;
    const to = (first + cell) * topK;
    let sum = 0;
    for (let index = 0; index < topK; index += 1) {
      const weight = Math.exp(scores[from + index]! - scores[from]!);
      sum += weight;
      weights[to + index] = weight;
      blocks[to + index] = rows.blocks[indices[from + index]!]!;
      columns[to + index] = rows.columns[indices[from + index]!]!;
    }
    for (let index = to; index < to + topK; index += 1) {
      weights[index] = weights[index]! / sum;
    }
  }
}
