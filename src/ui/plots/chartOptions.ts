/** How a plot is drawn by uPlot: series, bands, axes, and what is painted under and over them. */
import type uPlot from 'uplot';
import type { TimelineScale } from '../timeline/timelineScale';
import type { FrameTable } from '../../core/video/frameTable';
import { markShapes } from './plotMarkShapes';
import type { Plot, PlotAxis } from './plotModel';
import { plotXTicks } from './plotXTicks';
import { tickText, valueRange, valueTicks, type ValueRange } from './plotTicks';

/** Room for the numbers of the vertical axis, left of the plotting area. */
export const AXIS_PX = 52;
const TOP_PX = 8;
const BOTTOM_PX = 8;
/** Least distance of two ticks of the horizontal axis. */
export const X_GAP_PX = 64;

/** What may change while the chart stays; read anew at each drawing. */
export type ChartView = {
  scale: TimelineScale;
  axis: PlotAxis;
  table: FrameTable;
};

export type ChartColours = {
  readonly text: string;
  readonly grid: string;
  readonly doubt: string;
};

/** x of the data is the frame's middle, as on the timeline. */
export function chartData(plot: Plot): uPlot.AlignedData {
  const xs = Float64Array.from({ length: plot.frameCount }, (_, index) => plot.firstFrame + index + 0.5);
  return [xs, ...plot.lines.flatMap(({ values, low, high }) => [values, high ?? [], low ?? []].map(gaps))];
}

/** uPlot leaves gaps at null, not at NaN. */
function gaps(values: Float64Array | readonly number[]): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}

export function chartOptions(
  plot: Plot,
  size: { readonly width: number; readonly height: number },
  view: ChartView,
  colours: ChartColours,
): uPlot.Options {
  const range = valueRange(plot);
  const ticks = ticksForHeight(range, size.height);
  const step = (ticks[1] ?? range.max) - (ticks[0] ?? range.min);
  const grid = { stroke: colours.grid, width: 1 };
  return {
    ...size,
    padding: [TOP_PX, 0, BOTTOM_PX, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [view.scale.firstFrame, lastFrameOf(view.scale)] },
      y: { range: () => [range.min, range.max] },
    },
    axes: [
      {
        size: 0,
        ticks: { show: false },
        grid,
        splits: () => xTicks(view),
        values: (_, splits) => splits.map(() => ''),
      },
      {
        size: AXIS_PX,
        gap: 4,
        stroke: colours.text,
        font: '11px system-ui, sans-serif',
        ticks: { show: true, size: 4, ...grid },
        grid,
        splits: () => ticks,
        values: (_, splits) => splits.map((value) => tickText(value, step)),
      },
    ],
    series: [{}, ...plot.lines.flatMap((line) => seriesOf(line, plot))],
    bands: plot.lines.flatMap(({ low, colour }, place) =>
      low ? [{ series: [place * 3 + 2, place * 3 + 3] as [number, number], fill: `${colour}38` }] : [],
    ),
    hooks: {
      drawClear: [(chart) => paintDoubt(chart, plot, colours)],
      draw: [(chart) => paintMarks(chart, plot, colours)],
    },
  };
}

/** About one tick for each 34 px, but never one alone: that would tell no scale. */
function ticksForHeight(range: ValueRange, heightPx: number): number[] {
  const wanted = Math.max(Math.round(heightPx / 34), 2);
  const found = [wanted, wanted + 1, wanted + 2, wanted + 3].map((count) => valueTicks(range, count));
  return found.find((ticks) => ticks.length >= 2) ?? valueTicks(range, wanted);
}

function seriesOf(line: Plot['lines'][number], { frameCount }: Plot): uPlot.Series[] {
  const bound: uPlot.Series = { width: 0, points: { show: false } };
  return [
    {
      stroke: line.colour,
      width: 2,
      dash: [...line.dash],
      // A single frame between gaps would not be seen as a line.
      points: { show: frameCount < 3 ? true : undefined, size: 5, fill: line.colour },
    },
    bound,
    bound,
  ];
}

function lastFrameOf({ firstFrame, widthPx, pxPerFrame }: TimelineScale): number {
  return firstFrame + widthPx / pxPerFrame;
}

/** Where the row under the plots has its numbers. */
function xTicks({ scale, axis, table }: ChartView): number[] {
  return plotXTicks(scale, axis, table, X_GAP_PX).map(({ px }) => scale.firstFrame + px / scale.pxPerFrame);
}

function paintDoubt(chart: uPlot, { doubtful }: Plot, { doubt }: ChartColours): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = doubt;
  for (const { fromFrame, toFrame } of doubtful) {
    const left = chart.valToPos(fromFrame, 'x', true);
    ctx.globalAlpha = 0.16;
    ctx.fillRect(left, bbox.top, chart.valToPos(toFrame + 1, 'x', true) - left, bbox.height);
    // A line along the edge as well: a light shade alone is easily missed.
    ctx.globalAlpha = 0.9;
    ctx.fillRect(left, bbox.top, chart.valToPos(toFrame + 1, 'x', true) - left, 2 * devicePixelRatio);
  }
  ctx.restore();
}

function paintMarks(chart: uPlot, { marks }: Plot, { text }: ChartColours): void {
  const { ctx, bbox } = chart;
  const ratio = devicePixelRatio;
  for (const { frame, kind, colour } of marks) {
    const x = chart.valToPos(frame + 0.5, 'x', true);
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.save();
      ctx.translate(x, bbox.top + 7 * ratio);
      ctx.scale(ratio, ratio);
      const shape = new Path2D(markShapes[kind]);
      ctx.fillStyle = colour;
      // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
      ctx.fill(shape);
      ctx.strokeStyle = text;
      ctx.lineWidth = 1;
      ctx.stroke(shape);
      ctx.restore();
    }
  }
}
