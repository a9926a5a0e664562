/** The largest working size at which what XMem remembers of a run stays within bounds. */
import type { Size } from '../../core/geometry/box';
import type { XMemConfig } from './config';
import { CELL_PX, workGeometryOf } from './workGeometry';

/** Of everything remembered in a run; a tab has to hold frames, masks and the network besides. */
export const MAX_MEMORY_BYTES = 2 * 1024 ** 3;

/** Below this nothing is made smaller any more. */
const LEAST_SIDE_PX = 64;

const BYTES_PER_VALUE = 4;

type Remembered = {
  readonly labels: number;
  /** Annotated frames that are kept whole for as long as the run lasts. */
  readonly permanentFrames: number;
};

/**
 * Bytes of memory at its fullest: a key, a shrinkage and a selection for each cell, and a value for each cell and label,
 * of the permanent frames, of one more that the run begins with, of the working memory, and of the long-term one.
 */
export function memoryBytes(
  source: Size,
  shortSidePx: number | null,
  { keyDim, valueDim, maxWorkingFrames, maxLongTermElements }: XMemConfig,
  { labels, permanentFrames }: Remembered,
): number {
  const { columns, rows } = workGeometryOf(source, shortSidePx);
  const columnBytes = (2 * keyDim + 1 + labels * valueDim) * BYTES_PER_VALUE;
  const frames = permanentFrames + 1 + maxWorkingFrames;
  return (columns * rows * frames + maxLongTermElements) * columnBytes;
}

/** `shortSidePx` as it is where its memory fits into `maxBytes`; else the largest whole number of cells that does. */
export function boundedShortSide(
  source: Size,
  shortSidePx: number | null,
  config: XMemConfig,
  remembered: Remembered,
  maxBytes = MAX_MEMORY_BYTES,
): number | null {
  if (memoryBytes(source, shortSidePx, config, remembered) <= maxBytes) {
    return shortSidePx;
  }
  const short = Math.min(source.width, source.height);
  let side = Math.floor(Math.min(short, shortSidePx ?? short) / CELL_PX) * CELL_PX;
  while (side > LEAST_SIDE_PX && memoryBytes(source, side, config, remembered) > maxBytes) {
    side -= CELL_PX;
  }
  return Math.max(side, LEAST_SIDE_PX);
}
