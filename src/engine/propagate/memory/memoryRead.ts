/** Asks the memory where each label is: a rough answer per cell. */
import type { Size } from '../../../core/geometry/box';
import { KEY_COMPONENTS, memoryOf, queriesOf, type CellKeys, type RememberedTokens } from './memoryTokens';
import type { SoftLabels } from './softLabels';
import type { WindowView } from './vision';
import { spreadCells, type WindowGrid } from './windowGrid';

export type RoughAnswer = {
  readonly labels: SoftLabels;
  readonly runMs: number;
};

/** The graph picks this many tokens for each cell, so there must be as many. */
export async function readMemory(
  view: WindowView,
  cells: CellKeys,
  grid: WindowGrid,
  remembered: readonly RememberedTokens[],
  { source, work, channels }: { source: Size; work: Size; channels: number },
): Promise<RoughAnswer> {
  const cellPx = (grid.cellWidth + grid.cellHeight) / 2;
  const { read, runMs } = await view.readMemory({
    queries: queriesOf(cells, cellPx),
    ...memoryOf(remembered, cellPx, channels),
    queryCount: cells.count,
    components: KEY_COMPONENTS,
    channels,
  });
  const cellPlanes = Array.from({ length: channels }, () => new Float32Array(cells.count));
  for (let cell = 0; cell < cells.count; cell += 1) {
    // Frames that know nothing of a label give less than all of a cell's belief.
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += read[cell * channels + channel]!;
    }
    for (let channel = 0; channel < channels; channel += 1) {
      cellPlanes[channel]![cell] = read[cell * channels + channel]! / Math.max(sum, 1e-6);
    }
  }
  const planes = cellPlanes.map((plane, channel) =>
    spreadCells(plane, grid, { source, work, outside: channel === 0 ? 1 : 0 }),
  );
  return { labels: { ...work, planes }, runMs };
}
