/** Frame index <-> presentation time. The only place where one becomes the other. */
import { assert } from '../base/assert';

/**
 * Presentation times of a clip's frames in seconds, ascending, relative to the first shown frame (so the first is 0).
 * The end of a frame is the start of the next; `lastDurationSec` closes the last one.
 */
export type FrameTable = { readonly timestampsSec: Float64Array; readonly lastDurationSec: number };

export function frameCount(table: FrameTable): number {
  return table.timestampsSec.length;
}

export function timestampOfFrame(table: FrameTable, frameIndex: number): number {
  const timestampSec = table.timestampsSec[frameIndex];
  assert(timestampSec !== undefined, `no frame ${frameIndex} in a table of ${table.timestampsSec.length}`);
  return timestampSec;
}

/** Until when a frame is shown: the start of the next, or the clip's end. */
export function endOfFrame(table: FrameTable, frameIndex: number): number {
  return table.timestampsSec[frameIndex + 1] ?? timestampOfFrame(table, frameIndex) + table.lastDurationSec;
}

/** The frame on show at a time: the last one that starts at or before it, clamped to the clip. */
export function frameAtTime(table: FrameTable, timestampSec: number): number {
  const times = table.timestampsSec;
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((times[middle] ?? Infinity) <= timestampSec) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

export function durationSec(table: FrameTable): number {
  const count = table.timestampsSec.length;
  return count === 0 ? 0 : timestampOfFrame(table, count - 1) + table.lastDurationSec;
}
