/** Lines and bands of a plot as SVG path data, broken where values are missing. */
import type { TimelineScale } from '../timeline/timelineScale';
import { valueAt, type Plot, type PlotLine } from './plotModel';
import type { ValueRange } from './plotTicks';

/** Where a plot is drawn. */
export type PlotPlace = {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly scale: TimelineScale;
  readonly range: ValueRange;
  readonly fromFrame: number;
  readonly toFrame: number;
};

/** A value alone between gaps is drawn as a short dash of its frame's width. */
export function linePath({ values }: PlotLine, plot: Plot, place: PlotPlace): string {
  return runsOf([values], plot, place)
    .map((run) => {
      const [first] = run;
      if (run.length === 1 && first !== undefined) {
        const half = place.scale.pxPerFrame / 2;
        const at = pointAt(valueAt(values, plot, first), first, place);
        return `M${text(at.x - half)} ${text(at.y)}H${text(at.x + half)}`;
      }
      return `M${pointsText(run, values, plot, place).join('L')}`;
    })
    .join('');
}

/** Empty when the line has no bounds. */
export function bandPath({ low, high }: PlotLine, plot: Plot, place: PlotPlace): string {
  if (!low || !high) {
    return '';
  }
  return runsOf([low, high], plot, place)
    .map((run) => {
      const upper = pointsText(run, high, plot, place);
      const lower = pointsText(run.toReversed(), low, plot, place);
      return `M${[...upper, ...lower].join('L')}Z`;
    })
    .join('');
}

/** Frames in a row on which all arrays have a value. */
function runsOf(arrays: readonly Float64Array[], plot: Plot, { fromFrame, toFrame }: PlotPlace): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  const last = Math.min(toFrame, plot.firstFrame + plot.frameCount - 1);
  for (let frame = Math.max(fromFrame, plot.firstFrame); frame <= last + 1; frame += 1) {
    const hasAll = frame <= last && arrays.every((values) => Number.isFinite(valueAt(values, plot, frame)));
    if (hasAll) {
      run.push(frame);
    } else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}

function pointsText(frames: readonly number[], values: Float64Array, plot: Plot, place: PlotPlace): string[] {
  return frames.map((frame) => {
    const { x, y } = pointAt(valueAt(values, plot, frame), frame, place);
    return `${text(x)} ${text(y)}`;
  });
}

function pointAt(
  value: number,
  frame: number,
  { x, y, height, scale, range }: PlotPlace,
): { x: number; y: number } {
  return {
    x: x + (frame + 0.5 - scale.firstFrame) * scale.pxPerFrame,
    y: y + ((range.max - value) / (range.max - range.min)) * height,
  };
}

function text(value: number): string {
  return String(Math.round(value * 100) / 100);
}
