/** The shortest distance between two labels of a partition. */
import { forEachRun, type Partition } from './partition';

/** Columns that are looked at together: their common box tells whether they can matter at all. */
const BLOCK_COLUMNS = 16;

/** The vertical runs of one label, in column order, with the box of each block of columns that has any. */
export type LabelRuns = {
  readonly x: Int32Array;
  readonly y0: Int32Array;
  readonly y1: Int32Array;
  readonly blocks: readonly Block[];
};

type Block = { x0: number; x1: number; y0: number; y1: number; from: number; to: number };

/** The runs of labels 1, 2, ... */
export function labelRuns(partition: Partition): LabelRuns[] {
  const lists = Array.from({ length: partition.labelCount }, () => ({
    x: [] as number[],
    y0: [] as number[],
    y1: [] as number[],
    blocks: [] as Block[],
  }));
  forEachRun(partition, (x, y0, y1, owner) => {
    const list = lists[owner - 1];
    if (!list) {
      return;
    }
    const last = list.blocks.at(-1);
    const index = list.x.length;
    if (last && Math.floor(last.x0 / BLOCK_COLUMNS) === Math.floor(x / BLOCK_COLUMNS)) {
      last.x1 = x + 1;
      last.y0 = Math.min(last.y0, y0);
      last.y1 = Math.max(last.y1, y1);
      last.to = index + 1;
    } else {
      list.blocks.push({ x0: x, x1: x + 1, y0, y1, from: index, to: index + 1 });
    }
    list.x.push(x);
    list.y0.push(y0);
    list.y1.push(y1);
  });
  return lists.map(({ x, y0, y1, blocks }) => ({
    x: Int32Array.from(x),
    y0: Int32Array.from(y0),
    y1: Int32Array.from(y1),
    blocks,
  }));
}

/** Distance between the edges of the nearest two pixels; 0 where they touch, NaN where a label has none. */
export function labelDistance(a: LabelRuns, b: LabelRuns): number {
  let nearest: readonly [Block, Block] | null = null;
  let least = Infinity;
  for (const left of a.blocks) {
    for (const right of b.blocks) {
      const bound = boxGapSquared(left, right);
      if (bound < least) {
        least = bound;
        nearest = [left, right];
      }
    }
  }
  if (!nearest) {
    return Number.NaN;
  }
  // A first distance from the nearest boxes; then only boxes that are nearer can have a shorter one.
  let best = blockDistanceSquared(a, b, nearest[0], nearest[1], Infinity);
  for (const left of a.blocks) {
    for (const right of b.blocks) {
      if (boxGapSquared(left, right) < best) {
        best = blockDistanceSquared(a, b, left, right, best);
      }
    }
  }
  return Math.sqrt(best);
}

function gap(a0: number, a1: number, b0: number, b1: number): number {
  return Math.max(0, a0 - b1, b0 - a1);
}

function boxGapSquared(a: Block, b: Block): number {
  return gap(a.x0, a.x1, b.x0, b.x1) ** 2 + gap(a.y0, a.y1, b.y0, b.y1) ** 2;
}

function blockDistanceSquared(a: LabelRuns, b: LabelRuns, left: Block, right: Block, bound: number): number {
  let best = bound;
  for (let i = left.from; i < left.to; i += 1) {
    const x = a.x[i]!;
    // Each run against the whole other block first: most are too far off to be compared one by one.
    const rest = gap(x, x + 1, right.x0, right.x1) ** 2 + gap(a.y0[i]!, a.y1[i]!, right.y0, right.y1) ** 2;
    if (rest < best) {
      for (let j = right.from; j < right.to; j += 1) {
        const dx = gap(x, x + 1, b.x[j]!, b.x[j]! + 1);
        const dy = gap(a.y0[i]!, a.y1[i]!, b.y0[j]!, b.y1[j]!);
        best = Math.min(best, dx * dx + dy * dy);
      }
    }
  }
  return best;
}
