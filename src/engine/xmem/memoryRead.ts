/** Reads XMem's memory: for every cell of a frame, the columns whose keys are nearest, and their values mixed. */
import type { ObjectId } from '../../core/base/ids';
import type { MemoryBlock } from './memoryBlock';

/** The cells of a frame as they ask. */
export type Query = {
  readonly cells: number;
  /** float32[cells * keyDim], one row for each cell. */
  readonly keys: Float32Array;
  /** float32[cells * keyDim], 0..1: which channels count for the cell. */
  readonly selection: Float32Array;
};

/** For each cell up to `topK` columns; `counts[cell]` of them, at `cell * topK` in the other arrays. */
export type Affinity = {
  readonly topK: number;
  readonly counts: Int32Array;
  /** Which of the blocks given to `nearestColumns`. */
  readonly blocks: Int32Array;
  readonly columns: Int32Array;
  /** Of one cell they add up to 1. */
  readonly weights: Float32Array;
};

/**
 * For every cell the `topK` nearest columns among the valid ones: `validOf` says which columns of a block count, null for
 * all, undefined for none.
 */
export type NearestSearch = (
  blocks: readonly MemoryBlock[],
  query: Query,
  topK: number,
  validOf: (block: MemoryBlock) => Uint8Array | null | undefined,
) => Promise<Affinity>;

/** So many channels are summed before a column that is too far already is left. */
const STRIDE = 8;

/**
 * The anisotropic L2 similarity of XMem (Cheng and Schwing, ECCV 2022, eq. 2), which is never positive:
 * -(shrinkage / sqrt(keyDim)) * sum over channels of selection * (memory key - query key)^2. Its softmax over the `topK`
 * nearest columns that `isValid` lets through. The sum only grows, so most columns are given up after a few channels.
 */
export function nearestColumns(
  blocks: readonly MemoryBlock[],
  { cells, keys, selection }: Query,
  topK: number,
  validOf: (block: MemoryBlock) => Uint8Array | null | undefined,
): Affinity {
  const keyDim = keys.length / cells;
  const affinity: Affinity = {
    topK,
    counts: new Int32Array(cells),
    blocks: new Int32Array(cells * topK),
    columns: new Int32Array(cells * topK),
    weights: new Float32Array(cells * topK),
  };
  const places = blocks.flatMap((block, index) => {
    const valid = validOf(block);
    return valid === undefined ? [] : [{ block, index, valid }];
  });
  // What was remembered last is the nearest most often: it sets the bar for the others.
  places.reverse();
  const nearest = new Nearest(topK);
  const key = new Float64Array(keyDim);
  const wanted = new Float64Array(keyDim);
  for (let cell = 0; cell < cells; cell += 1) {
    for (let channel = 0; channel < keyDim; channel += 1) {
      key[channel] = keys[cell * keyDim + channel]!;
      wanted[channel] = selection[cell * keyDim + channel]!;
    }
    nearest.clear();
    for (const { block, index, valid } of places) {
      offer(block, index, valid, key, wanted, nearest);
    }
    nearest.write(affinity, cell, 1 / Math.sqrt(keyDim));
  }
  return affinity;
}

/** Gives all columns of a block to `nearest`, with shrinkage times the weighted squared distance. */
function offer(
  { columns, keys, shrinkage }: MemoryBlock,
  blockIndex: number,
  valid: Uint8Array | null,
  key: Float64Array,
  wanted: Float64Array,
  nearest: Nearest,
): void {
  const keyDim = key.length;
  for (let column = 0; column < columns; column += 1) {
    if (valid !== null && valid[column] === 0) {
      continue;
    }
    const scale = shrinkage[column]!;
    const bar = nearest.bar / scale;
    const base = column * keyDim;
    let sum = 0;
    for (let channel = 0; channel < keyDim;) {
      const end = Math.min(keyDim, channel + STRIDE);
      for (; channel < end; channel += 1) {
        const difference = keys[base + channel]! - key[channel]!;
        sum += wanted[channel]! * difference * difference;
      }
      if (sum >= bar) {
        break;
      }
    }
    if (sum < bar) {
      nearest.add(sum * scale, blockIndex, column);
    }
  }
}

/** The smallest distances met so far, as a heap with the largest of them on top. */
class Nearest {
  /** What a distance must stay under to be taken. */
  bar = Infinity;
  #size = 0;
  readonly #distances: Float64Array;
  readonly #blocks: Int32Array;
  readonly #columns: Int32Array;

  constructor(capacity: number) {
    this.#distances = new Float64Array(capacity);
    this.#blocks = new Int32Array(capacity);
    this.#columns = new Int32Array(capacity);
  }

  clear(): void {
    this.#size = 0;
    this.bar = Infinity;
  }

  add(distance: number, block: number, column: number): void {
    const isFull = this.#size === this.#distances.length;
    if (isFull) {
      this.#sink(distance, block, column);
    } else {
      this.#rise(distance, block, column);
    }
    if (this.#size === this.#distances.length) {
      this.bar = this.#distances[0]!;
    }
  }

  #rise(distance: number, block: number, column: number): void {
    let at = this.#size;
    this.#size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#distances[parent]! >= distance) {
        break;
      }
      this.#move(parent, at);
      at = parent;
    }
    this.#put(at, distance, block, column);
  }

  /** In the place of the largest one. */
  #sink(distance: number, block: number, column: number): void {
    const size = this.#size;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && this.#distances[child + 1]! > this.#distances[child]!) {
        child += 1;
      }
      if (this.#distances[child]! <= distance) {
        break;
      }
      this.#move(child, at);
      at = child;
    }
    this.#put(at, distance, block, column);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#distances[from]!, this.#blocks[from]!, this.#columns[from]!);
  }

  #put(at: number, distance: number, block: number, column: number): void {
    this.#distances[at] = distance;
    this.#blocks[at] = block;
    this.#columns[at] = column;
  }

  /** The softmax of -distance * scale. */
  write({ topK, counts, blocks, columns, weights }: Affinity, cell: number, scale: number): void {
    const size = this.#size;
    counts[cell] = size;
    let smallest = Infinity;
    for (let index = 0; index < size; index += 1) {
      smallest = Math.min(smallest, this.#distances[index]!);
    }
    let sum = 0;
    for (let index = 0; index < size; index += 1) {
      const weight = Math.exp((smallest - this.#distances[index]!) * scale);
      sum += weight;
      weights[cell * topK + index] = weight;
      blocks[cell * topK + index] = this.#blocks[index]!;
      columns[cell * topK + index] = this.#columns[index]!;
    }
    for (let index = cell * topK; index < cell * topK + size; index += 1) {
      weights[index] = weights[index]! / sum;
    }
  }
}

/**
 * An object's values mixed by the affinity, into `out`: float32[valueDim * cells], channel by channel as the decoder
 * reads them. A cell without columns gets zeros.
 */
export function readValues(
  blocks: readonly MemoryBlock[],
  { topK, counts, blocks: blockOf, columns, weights }: Affinity,
  objectId: ObjectId,
  valueDim: number,
  out: Float32Array,
): void {
  const cells = counts.length;
  const rows = blocks.map(({ values }) => values.get(objectId)?.rows);
  const mixed = new Float64Array(valueDim);
  for (let cell = 0; cell < cells; cell += 1) {
    mixed.fill(0);
    for (let index = cell * topK; index < cell * topK + counts[cell]!; index += 1) {
      const row = rows[blockOf[index]!]!;
      const base = columns[index]! * valueDim;
      const weight = weights[index]!;
      for (let channel = 0; channel < valueDim; channel += 1) {
        mixed[channel] = mixed[channel]! + weight * row[base + channel]!;
      }
    }
    for (let channel = 0; channel < valueDim; channel += 1) {
      out[channel * cells + cell] = mixed[channel]!;
    }
  }
}

/** Adds what was read to the blocks' usage, times `share`. */
export function countUse(blocks: readonly MemoryBlock[], affinity: Affinity, share: number): void {
  const { topK, counts, blocks: blockOf, columns, weights } = affinity;
  for (let cell = 0; cell < counts.length; cell += 1) {
    for (let index = cell * topK; index < cell * topK + counts[cell]!; index += 1) {
      const { use } = blocks[blockOf[index]!]!;
      const column = columns[index]!;
      use[column] = use[column]! + share * weights[index]!;
    }
  }
}
