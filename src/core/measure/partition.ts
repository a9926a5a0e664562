/** A picture shared out among its labels: vertical runs that hold every pixel once. */
import { assert } from '../base/assert';
import type { Size } from '../geometry/box';
import type { Rle } from '../mask/rle';

/** Owner of pixels without a label. Labels are 1 to `labelCount`; `labelCount + 1` owns what is not measured. */
export const BACKGROUND = 0;

/**
 * Column c holds the pixels with x = c - 1: one column of "not measured" lies on either side of the picture, and one such
 * pixel above and below each column, so that nothing that looks at neighbours has to look out for the border. The runs
 * of a column follow each other without gaps, no two neighbours of one owner: run i ends at `ends[i]` (exclusive, in
 * source pixels) where the next one begins; the first of a column begins at -1 and the last ends at height + 1.
 */
export type Partition = Size & {
  readonly labelCount: number;
  /** Index of each column's first run, width + 3 values. */
  readonly columnStarts: Int32Array;
  readonly ends: Int32Array;
  readonly owners: Uint8Array;
};

export function excludedOwner({ labelCount }: Pick<Partition, 'labelCount'>): number {
  return labelCount + 1;
}

/**
 * Masks bottom first: a later one takes its pixels from earlier ones, as in exported label maps. `excluded` takes from
 * all of them. Steps go with the number of runs.
 */
export function partitionOf(size: Size, masks: readonly Rle[], excluded: Rle | null): Partition {
  const { width, height } = size;
  assert(masks.length <= 250, 'at most 250 labels are measured');
  const layers = excluded ? [...masks, excluded] : masks;
  for (const { size: own } of layers) {
    assert(own[0] === height && own[1] === width, 'a mask has the size of its footage');
  }
  const writer = new RunWriter(size, masks.length);
  const total = width * height;
  const cursor = layers.map(() => 0);
  const next = layers.map(({ counts }) => counts[0] ?? total);
  for (let position = 0; position < total;) {
    let owner = BACKGROUND;
    let end = total;
    for (let layer = 0; layer < layers.length; layer += 1) {
      while (next[layer]! <= position) {
        cursor[layer]! += 1;
        next[layer]! += layers[layer]!.counts[cursor[layer]!] ?? total;
      }
      // An odd run is foreground; the last layer that has the pixel owns it.
      owner = cursor[layer]! % 2 === 1 ? layer + 1 : owner;
      end = Math.min(end, next[layer]!);
    }
    writer.add(end, owner);
    position = end;
  }
  return writer.finish();
}

/** Cuts runs of pixels in column order into the runs of columns. */
class RunWriter {
  readonly #size: Size;
  readonly #labelCount: number;
  readonly #columnStarts: Int32Array;
  readonly #ends: number[] = [];
  readonly #owners: number[] = [];
  #column = 0;
  #position = 0;

  constructor(size: Size, labelCount: number) {
    this.#size = size;
    this.#labelCount = labelCount;
    this.#columnStarts = new Int32Array(size.width + 3);
    this.#put(size.height + 1, labelCount + 1);
    this.#beginColumn();
  }

  /** Gives the pixels up to `end` (in column order) to an owner. */
  add(end: number, owner: number): void {
    const { width, height } = this.#size;
    while (this.#position < end) {
      const columnEnd = this.#column * height;
      const until = Math.min(end, columnEnd);
      this.#put(until - columnEnd + height, owner);
      this.#position = until;
      if (until === columnEnd) {
        this.#put(height + 1, this.#labelCount + 1);
        if (this.#column < width) {
          this.#beginColumn();
        }
      }
    }
  }

  finish(): Partition {
    const { width, height } = this.#size;
    this.#columnStarts[width + 1] = this.#ends.length;
    this.#put(height + 1, this.#labelCount + 1, true);
    this.#columnStarts[width + 2] = this.#ends.length;
    return {
      ...this.#size,
      labelCount: this.#labelCount,
      columnStarts: this.#columnStarts,
      ends: Int32Array.from(this.#ends),
      owners: Uint8Array.from(this.#owners),
    };
  }

  #beginColumn(): void {
    this.#column += 1;
    this.#columnStarts[this.#column] = this.#ends.length;
    this.#put(0, this.#labelCount + 1, true);
  }

  #put(end: number, owner: number, isNewColumn = false): void {
    const last = this.#owners.length - 1;
    if (!isNewColumn && this.#owners[last] === owner) {
      this.#ends[last] = end;
    } else {
      this.#ends.push(end);
      this.#owners.push(owner);
    }
  }
}

/** Calls `visit(x, y0, y1, owner, run)` for every run that a label or the background has, column by column. */
export function forEachRun(
  partition: Partition,
  visit: (x: number, y0: number, y1: number, owner: number, run: number) => void,
): void {
  const { width, columnStarts, ends, owners } = partition;
  const excluded = excludedOwner(partition);
  for (let column = 1; column <= width; column += 1) {
    let y0 = -1;
    for (let run = columnStarts[column]!; run < columnStarts[column + 1]!; run += 1) {
      const y1 = ends[run]!;
      const owner = owners[run]!;
      if (owner !== excluded) {
        visit(column - 1, y0, y1, owner, run);
      }
      y0 = y1;
    }
  }
}

/** The owners as a picture, row-major, for what has to be read along with the rows of another picture. */
export function ownerMap(partition: Partition): Uint8Array {
  const { width, height } = partition;
  const map = new Uint8Array(width * height).fill(excludedOwner(partition));
  forEachRun(partition, (x, y0, y1, owner) => {
    for (let index = y0 * width + x; index < y1 * width; index += width) {
      map[index] = owner;
    }
  });
  return map;
}
