/** Ticks of the horizontal axis: frames as the timeline's ruler has them, or times at round steps. */
import { frameAtTime, frameCount, timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { frameTicks, frameToPx, pxToFrame, type Tick, type TimelineScale } from '../timeline/timelineScale';
import type { PlotAxis } from './plotModel';
import { niceStep } from './plotTicks';

/** Each in px from the left of the plotting area, at least `minGapPx` apart. */
export function plotXTicks(
  scale: TimelineScale,
  axis: PlotAxis,
  table: FrameTable,
  minGapPx: number,
): Tick[] {
  return axis === 'time' ? timeTicks(scale, table, minGapPx) : frameTicks(scale, minGapPx);
}

/**
 * The times of frames by a frame rate that the user told, or as the file has them. A told rate counts from the first
 * frame.
 */
export function tableAtRate(table: FrameTable, frameRate: number | null): FrameTable {
  return frameRate === null
    ? table
    : {
        timestampsSec: Float64Array.from({ length: frameCount(table) }, (_, index) => index / frameRate),
        lastDurationSec: 1 / frameRate,
      };
}

/** Where the times lie: a frame's cell begins at the frame's time. High-speed film may need steps of microseconds. */
function timeTicks(scale: TimelineScale, table: FrameTable, minGapPx: number): Tick[] {
  const firstSec = timestampOfFrame(table, pxToFrame(scale, 0));
  const lastSec = endOfFrame(table, pxToFrame(scale, scale.widthPx));
  const spanPx = Math.min(scale.widthPx, scale.frameCount * scale.pxPerFrame);
  if (lastSec <= firstSec || spanPx < minGapPx) {
    return [];
  }
  const step = niceStep(((lastSec - firstSec) / spanPx) * minGapPx);
  const decimals = Math.min(Math.max(-Math.floor(Math.log10(step) + 1e-9), 0), 9);
  const ticks: Tick[] = [];
  let freeFromPx = -Infinity;
  for (let index = Math.ceil(firstSec / step - 1e-9); index * step < lastSec - step * 1e-6; index += 1) {
    const px = frameToPx(scale, frameOfTime(table, index * step));
    // Rates that vary push times together.
    if (px >= freeFromPx && px >= 0 && px <= scale.widthPx) {
      ticks.push({ px, label: (index * step).toFixed(decimals) });
      freeFromPx = px + minGapPx * 0.9;
    }
  }
  return ticks;
}

function endOfFrame(table: FrameTable, frame: number): number {
  return frame + 1 < frameCount(table)
    ? timestampOfFrame(table, frame + 1)
    : timestampOfFrame(table, frame) + table.lastDurationSec;
}

/** Between two frames where the time is: 2.5 is half-way through frame 2. */
function frameOfTime(table: FrameTable, sec: number): number {
  const frame = frameAtTime(table, sec);
  const start = timestampOfFrame(table, frame);
  const end = endOfFrame(table, frame);
  return end > start ? frame + Math.min(Math.max((sec - start) / (end - start), 0), 1) : frame;
}
