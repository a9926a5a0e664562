/** XMem's memory of a run: annotated frames for ever, the newest frames whole, what lies between as prototypes. */
import type { ObjectId } from '../../core/base/ids';
import { survivorsOf } from '../../core/memory/usageSelection';
import type { XMemConfig } from './config';
import { consolidate } from './consolidation';
import { freshUsage, pickColumns, usageOf, type MemoryBlock, type ObjectValues } from './memoryBlock';
import { countUse, readValues, type Affinity, type NearestSearch, type Query } from './memoryRead';

type MemoryConfig = Pick<
  XMemConfig,
  'valueDim' | 'topK' | 'maxWorkingFrames' | 'minWorkingFrames' | 'prototypes' | 'maxLongTermElements'
>;

/** A frame to be remembered. */
export type FrameMemory = {
  /** float32[cells * keyDim], a row for each cell; likewise `selection`. */
  readonly keys: Float32Array;
  readonly shrinkage: Float32Array;
  readonly selection: Float32Array;
  readonly values: ReadonlyMap<ObjectId, ObjectValues>;
};

/** What a frame's cells read; `remember` counts it as used. */
export type MemoryReading = {
  /** float32[objects * valueDim * cells], object by object, channel by channel. */
  readonly readout: Float32Array<ArrayBuffer>;
  /** Counts the reading into the usage, which decides what is kept. Call once, before anything is added. */
  readonly count: () => void;
};

export type MemorySizes = { readonly work: number; readonly long: number };

export class XMemMemory {
  readonly #config: MemoryConfig;
  #permanent: readonly MemoryBlock[] = [];
  #working: readonly MemoryBlock[] = [];
  #long: readonly MemoryBlock[] = [];

  constructor(config: MemoryConfig) {
    this.#config = config;
  }

  /** Columns held; those that never leave count as work. */
  get sizes(): MemorySizes {
    return { work: columnsOf([...this.#permanent, ...this.#working]), long: columnsOf(this.#long) };
  }

  /** Remembers a frame for as long as this memory lives. */
  addPermanent(frame: FrameMemory): void {
    this.#permanent = [...this.#permanent, blockOf(frame)];
  }

  /**
   * Remembers a frame; what is too much then becomes prototypes. Permanent frames count as one frame together: with a
   * single one, these are the sizes of the original.
   */
  addWorking(frame: FrameMemory): void {
    const { maxWorkingFrames, minWorkingFrames } = this.#config;
    this.#working = [...this.#working, blockOf(frame)];
    if (this.#working.length + 1 >= maxWorkingFrames) {
      this.#consolidate(this.#working.length - (minWorkingFrames - 1));
    }
  }

  /** What the objects, in order, read for every cell; `search` finds the columns. An object that was never remembered reads zeros. */
  async read(query: Query, objectIds: readonly ObjectId[], search: NearestSearch): Promise<MemoryReading> {
    const { topK, valueDim } = this.#config;
    const blocks = [...this.#permanent, ...this.#long, ...this.#working];
    const planeSize = valueDim * query.cells;
    const readout = new Float32Array(objectIds.length * planeSize);
    const affinities: Affinity[] = [];
    for (const group of groupsOf(blocks, objectIds)) {
      const [first] = group;
      const affinity = await search(blocks, query, topK, ({ values }) => values.get(first!)?.valid);
      affinities.push(affinity);
      for (const objectId of group) {
        const start = objectIds.indexOf(objectId) * planeSize;
        readValues(blocks, affinity, objectId, valueDim, readout.subarray(start, start + planeSize));
      }
    }
    const count = (): void => {
      for (const affinity of affinities) {
        countUse(blocks, affinity, 1 / affinities.length);
      }
      for (const { life } of blocks) {
        life.forEach((value, column) => {
          life[column] = value + 1;
        });
      }
    };
    return { readout, count };
  }

  /** Turns the oldest working frames into prototypes. */
  #consolidate(count: number): void {
    const { prototypes, maxLongTermElements } = this.#config;
    const room = maxLongTermElements - prototypes;
    if (columnsOf(this.#long) > room) {
      const usage = this.#long.flatMap((block) => Array.from(usageOf(block)));
      this.#long = [pickColumns(this.#long, survivorsOf(usage, room))];
    }
    const made = consolidate(this.#working.slice(0, count), prototypes);
    this.#working = this.#working.slice(count);
    if (made) {
      this.#long = [...this.#long, made];
    }
  }
}

function blockOf({ keys, shrinkage, selection, values }: FrameMemory): MemoryBlock {
  const columns = shrinkage.length;
  return { columns, keys, shrinkage, selection, values, ...freshUsage(columns) };
}

function columnsOf(blocks: readonly MemoryBlock[]): number {
  return blocks.reduce((sum, { columns }) => sum + columns, 0);
}

/** Objects that are valid in the same columns of all blocks read alike, and are put together. */
function groupsOf(blocks: readonly MemoryBlock[], objectIds: readonly ObjectId[]): ObjectId[][] {
  const groups: ObjectId[][] = [];
  for (const objectId of objectIds) {
    const group = groups.find(([first]) =>
      blocks.every(({ values }) => agree(values.get(first!), values.get(objectId))),
    );
    if (group) {
      group.push(objectId);
    } else {
      groups.push([objectId]);
    }
  }
  return groups;
}

function agree(a: ObjectValues | undefined, b: ObjectValues | undefined): boolean {
  if (a === undefined || b === undefined) {
    return a === b;
  }
  if (a.valid === b.valid) {
    return true;
  }
  return a.valid !== null && b.valid !== null && a.valid.every((value, column) => value === b.valid![column]);
}
