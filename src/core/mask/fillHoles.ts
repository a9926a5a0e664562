/** Fills enclosed background in raw logits, before labels are merged. */
import { MASK_THRESHOLD, type MaskLogits } from './logits';
import { rootOf } from './rootOf';

/**
 * What a filled pixel becomes. Barely foreground, as in SAM 2's `fill_holes_in_mask_scores`, so that a label that
 * really lies inside another one's hole wins the merge there.
 */
export const FILLED_LOGIT = 0.1;

/** Horizontal runs of background; run i covers [x0, x1) of its row. Parents make a union-find forest. */
type Runs = { x0: number[]; x1: number[]; parent: number[]; rowStart: number[] };

/**
 * Sets every hole to FILLED_LOGIT, in place. A hole is a 4-connected region at or below the threshold that does not
 * touch the picture's border; background is 4-connected because foreground is then 8-connected, so a diagonal line
 * encloses. Returns the number of filled pixels.
 */
export function fillHoles(logits: MaskLogits): number {
  const bounds = foregroundBounds(logits);
  if (!bounds) {
    return 0;
  }
  // Outside the foreground's box everything is background and reaches the border, so only the box is looked at, and
  // background at the box's edge is no hole: it meets either the outside or the border itself.
  const { runs, isOpen } = backgroundRuns(logits, bounds);
  let filled = 0;
  for (let row = 0; row + 1 < runs.rowStart.length; row += 1) {
    for (let run = runs.rowStart[row]!; run < runs.rowStart[row + 1]!; run += 1) {
      if (isOpen[rootOf(runs.parent, run)] === 0) {
        const offset = (bounds.y0 + row) * logits.width;
        logits.data.fill(FILLED_LOGIT, offset + runs.x0[run]!, offset + runs.x1[run]!);
        filled += runs.x1[run]! - runs.x0[run]!;
      }
    }
  }
  return filled;
}

type Bounds = { x0: number; y0: number; x1: number; y1: number };

function foregroundBounds({ width, height, data }: MaskLogits): Bounds | null {
  let x0 = width;
  let y0 = -1;
  let x1 = 0;
  let y1 = 0;
  for (let y = 0; y < height; y += 1) {
    const row = data.subarray(y * width, (y + 1) * width);
    let first = 0;
    while (first < width && !(row[first]! > MASK_THRESHOLD)) {
      first += 1;
    }
    if (first < width) {
      let last = width - 1;
      while (last >= x1 && !(row[last]! > MASK_THRESHOLD)) {
        last -= 1;
      }
      y0 = y0 < 0 ? y : y0;
      y1 = y + 1;
      x0 = Math.min(x0, first);
      x1 = Math.max(x1, last + 1);
    }
  }
  return y0 < 0 ? null : { x0, y0, x1, y1 };
}

function backgroundRuns(logits: MaskLogits, bounds: Bounds): { runs: Runs; isOpen: Uint8Array } {
  const runs: Runs = { x0: [], x1: [], parent: [], rowStart: [0] };
  const open: number[] = [];
  for (let y = bounds.y0; y < bounds.y1; y += 1) {
    const above = runs.rowStart.at(-2) ?? 0;
    const first = runs.parent.length;
    appendRowRuns(logits, y, bounds, runs);
    joinWithRowAbove(runs, above, first);
    for (let run = first; run < runs.parent.length; run += 1) {
      const isAtEdge =
        y === bounds.y0 || y === bounds.y1 - 1 || runs.x0[run] === bounds.x0 || runs.x1[run] === bounds.x1;
      if (isAtEdge) {
        open.push(run);
      }
    }
    runs.rowStart.push(runs.parent.length);
  }
  const isOpen = new Uint8Array(runs.parent.length);
  for (const run of open) {
    isOpen[rootOf(runs.parent, run)] = 1;
  }
  return { runs, isOpen };
}

function appendRowRuns(logits: MaskLogits, y: number, bounds: Bounds, runs: Runs): void {
  const row = logits.data.subarray(y * logits.width, (y + 1) * logits.width);
  const end = bounds.x1;
  let x = bounds.x0;
  while (x < end) {
    while (x < end && row[x]! > MASK_THRESHOLD) {
      x += 1;
    }
    const start = x;
    // Not "<=": a NaN is background too, and must not stop the walk.
    while (x < end && !(row[x]! > MASK_THRESHOLD)) {
      x += 1;
    }
    if (x > start) {
      runs.x0.push(start);
      runs.x1.push(x);
      runs.parent.push(runs.parent.length);
    }
  }
}

/** Joins the runs from `first` on (the newest row) with those from `above` to `first` (the row before). */
function joinWithRowAbove(runs: Runs, above: number, first: number): void {
  let upper = above;
  let lower = first;
  while (upper < first && lower < runs.parent.length) {
    if (runs.x0[upper]! < runs.x1[lower]! && runs.x0[lower]! < runs.x1[upper]!) {
      runs.parent[rootOf(runs.parent, lower)] = rootOf(runs.parent, upper);
    }
    if (runs.x1[upper]! < runs.x1[lower]!) {
      upper += 1;
    } else {
      lower += 1;
    }
  }
}
