/** The whole clip in a few pixels: what all lanes together hold, column by column. */
import { isDoubtfulRun, type Lane } from './laneRuns';

/** Bits of a column. */
export const HAS_MASK = 1;
export const IS_DOUBTFUL = 2;
export const IS_ANNOTATED = 4;

/** One byte for each of `columns` columns over a clip of `count` frames; a column has the bits of all its frames. */
export function minimapColumns(lanes: readonly Lane[], count: number, columns: number): Uint8Array {
  const found = new Uint8Array(Math.max(columns, 0));
  const columnOf = (frame: number): number => Math.min(Math.floor((frame / count) * columns), columns - 1);
  for (const lane of lanes) {
    for (const run of lane.runs) {
      const bits = (run.kind === 'mask' ? HAS_MASK : 0) | (isDoubtfulRun(run) ? IS_DOUBTFUL : 0);
      for (let column = columnOf(run.fromFrame); bits !== 0 && column <= columnOf(run.toFrame); column += 1) {
        found[column] = (found[column] ?? 0) | bits;
      }
    }
    for (const frame of lane.prompted) {
      const column = columnOf(frame);
      found[column] = (found[column] ?? 0) | IS_ANNOTATED;
    }
  }
  return found;
}
