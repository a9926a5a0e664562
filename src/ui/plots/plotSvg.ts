/** Draws plots as an SVG file: vector, on white, with axes, units and a legend, ready for a paper. */
import type { FrameTable } from '../../core/video/frameTable';
import type { TimelineScale } from '../timeline/timelineScale';
import { eventNames } from '../text/measureText';
import { axisName, plotMarkKinds, type Plot, type PlotAxis, type PlotLine } from './plotModel';
import { bandPath, linePath, type PlotPlace } from './plotPaths';
import { markShapes } from './plotMarkShapes';
import { plotXTicks } from './plotXTicks';
import { tickText, valueRange, valueTicks, type ValueRange } from './plotTicks';

export type PlotSvgOptions = {
  readonly plots: readonly Plot[];
  readonly axis: PlotAxis;
  readonly table: FrameTable;
  /** First and last frame to draw, both included. */
  readonly fromFrame: number;
  readonly toFrame: number;
  /** What the file is called inside: the footage's name. */
  readonly caption: string;
};

const widthPx = 900;
const plotHeightPx = 220;
const left = 76;
const right = 20;
const top = 34;
const gapPx = 26;
const axisHeightPx = 44;
const legendRowPx = 20;
const legendColumnPx = 210;
const ink = '#1a1c20';
const faint = '#d9dbe0';
const soft = '#5a5f68';

/** The whole file as text. Its size in px is in the root element. */
export function plotSvg(options: PlotSvgOptions): string {
  const { plots, caption } = options;
  const names = legendOf(plots);
  const columns = Math.max(Math.floor((widthPx - left - right) / legendColumnPx), 1);
  const legendHeight = Math.ceil(names.length / columns) * legendRowPx + 50;
  const bodyHeight = plots.length * (plotHeightPx + gapPx);
  const heightPx = top + bodyHeight + axisHeightPx + legendHeight;
  const scale = scaleOf(options);
  const parts = plots.map((plot, place) =>
    plotPart(plot, top + place * (plotHeightPx + gapPx), scale, options),
  );
  const axisTop = top + bodyHeight - gapPx;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}"` +
      ` font-family="Helvetica, Arial, 'Liberation Sans', sans-serif" font-size="12" fill="${ink}">`,
    `<title>${escaped(plots.map((plot) => axisName(plot)).join(', '))}: ${escaped(caption)}</title>`,
    `<defs><pattern id="doubt" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
      `<rect width="6" height="6" fill="#f4f1e8"/><rect width="1.5" height="6" fill="#d8cda8"/></pattern></defs>`,
    `<rect width="${widthPx}" height="${heightPx}" fill="#ffffff"/>`,
    `<text x="${left}" y="20" fill="${soft}">${escaped(caption)}</text>`,
    ...parts,
    horizontalAxis(axisTop, scale, options),
    legendPart(names, axisTop + axisHeightPx + 12, columns, plots),
    '</svg>',
    '',
  ].join('\n');
}

/** The timeline's own scale over the drawn frames: ticks come out as on the screen. */
function scaleOf({ fromFrame, toFrame, table }: PlotSvgOptions): TimelineScale {
  const inner = widthPx - left - right;
  return {
    frameCount: table.timestampsSec.length,
    widthPx: inner,
    firstFrame: fromFrame,
    pxPerFrame: inner / Math.max(toFrame - fromFrame + 1, 1),
  };
}

function plotPart(
  plot: Plot,
  y: number,
  scale: TimelineScale,
  { fromFrame, toFrame }: PlotSvgOptions,
): string {
  const range = valueRange(plot);
  const place: PlotPlace = { x: left, y, height: plotHeightPx, scale, range, fromFrame, toFrame };
  const clip = `clip-${escaped(plot.id)}`;
  const inside = [
    ...plot.doubtful.map(({ fromFrame: from, toFrame: to }) => {
      const x0 = left + (from - scale.firstFrame) * scale.pxPerFrame;
      const width = (to - from + 1) * scale.pxPerFrame;
      return `<rect class="doubtful" x="${px(x0)}" y="${y}" width="${px(width)}" height="${plotHeightPx}" fill="url(#doubt)"/>`;
    }),
    ...gridLines(range, y),
    ...plot.lines.flatMap((line) => bandOf(line, plot, place)),
    ...plot.lines.map((line) => strokeOf(line, plot, place)),
  ];
  const marks = plot.marks
    .filter(({ frame }) => frame >= fromFrame && frame <= toFrame)
    .map(({ frame, kind, colour, text }) => {
      const x = left + (frame + 0.5 - scale.firstFrame) * scale.pxPerFrame;
      return (
        `<g class="event"><title>Frame ${frame}: ${escaped(text)}</title><path d="M${px(x)} ${y + 12}V${y + plotHeightPx}" stroke="${soft}" ` +
        `stroke-width="0.75" stroke-dasharray="2 3"/><path transform="translate(${px(x)} ${y + 7})" d="${markShapes[kind]}" ` +
        `fill="${colour}" stroke="${ink}" stroke-width="0.75"/></g>`
      );
    });
  return [
    `<g class="plot" id="${escaped(plot.id)}">`,
    `<clipPath id="${clip}"><rect x="${left}" y="${y}" width="${scale.widthPx}" height="${plotHeightPx}"/></clipPath>`,
    `<g clip-path="url(#${clip})">`,
    ...inside,
    '</g>',
    ...marks,
    `<rect x="${left}" y="${y}" width="${scale.widthPx}" height="${plotHeightPx}" fill="none" stroke="${soft}"/>`,
    ...valueLabels(range, y),
    `<text transform="translate(16 ${y + plotHeightPx / 2}) rotate(-90)" text-anchor="middle">${escaped(axisName(plot))}</text>`,
    '</g>',
  ].join('\n');
}

function bandOf(line: PlotLine, plot: Plot, place: PlotPlace): string[] {
  const path = bandPath(line, plot, place);
  return path === '' ? [] : [`<path class="band" d="${path}" fill="${line.colour}" fill-opacity="0.22"/>`];
}

function strokeOf(line: PlotLine, plot: Plot, place: PlotPlace): string {
  return (
    `<path class="line" d="${linePath(line, plot, place)}" fill="none" stroke="${line.colour}" stroke-width="1.75" ` +
    `stroke-linejoin="round"${dashOf(line)}><title>${escaped(line.name)}</title></path>`
  );
}

function dashOf({ dash }: PlotLine): string {
  return dash.length > 0 ? ` stroke-dasharray="${dash.join(' ')}"` : '';
}

function heightOf(value: number, { min, max }: ValueRange, y: number): number {
  return y + ((max - value) / (max - min)) * plotHeightPx;
}

function gridLines(range: ValueRange, y: number): string[] {
  return valueTicks(range, 5).map(
    (value) => `<path d="M${left} ${px(heightOf(value, range, y))}H${widthPx - right}" stroke="${faint}"/>`,
  );
}

function valueLabels(range: ValueRange, y: number): string[] {
  const ticks = valueTicks(range, 5);
  const step = (ticks[1] ?? range.max) - (ticks[0] ?? range.min);
  return ticks.map(
    (value) =>
      `<text x="${left - 8}" y="${px(heightOf(value, range, y) + 4)}" text-anchor="end">${tickText(value, step)}</text>`,
  );
}

function horizontalAxis(y: number, scale: TimelineScale, { axis, table, toFrame }: PlotSvgOptions): string {
  const ticks = plotXTicks(scale, axis, table, 64);
  const lastPx = (toFrame + 1 - scale.firstFrame) * scale.pxPerFrame;
  const marks = ticks
    .filter((tick) => tick.px <= lastPx)
    .map(
      (tick) =>
        `<path d="M${px(left + tick.px)} ${y}v5" stroke="${soft}"/>` +
        `<text x="${px(left + tick.px)}" y="${y + 18}" text-anchor="middle">${tick.label}</text>`,
    );
  const name = axis === 'time' ? 'Time (s)' : 'Frame';
  return [
    '<g class="horizontal-axis">',
    ...marks,
    `<text x="${left + scale.widthPx / 2}" y="${y + 38}" text-anchor="middle">${name}</text>`,
    '</g>',
  ].join('\n');
}

/** Every line once: the same label has the same look in all plots. */
function legendOf(plots: readonly Plot[]): PlotLine[] {
  const byLook = new Map<string, PlotLine>();
  for (const line of plots.flatMap((plot) => plot.lines)) {
    const look = `${line.name} ${line.colour} ${line.dash.join()}`;
    byLook.set(look, byLook.get(look) ?? line);
  }
  return [...byLook.values()];
}

function legendPart(lines: readonly PlotLine[], y: number, columns: number, plots: readonly Plot[]): string {
  const entries = lines.map((line, place) => {
    const x = left + (place % columns) * legendColumnPx;
    const rowY = y + Math.floor(place / columns) * legendRowPx;
    return (
      `<path d="M${x} ${rowY}h30" stroke="${line.colour}" stroke-width="2.5"${dashOf(line)}/>` +
      `<text x="${x + 38}" y="${rowY + 4}">${escaped(line.name)}</text>`
    );
  });
  const hasBands = plots.some((plot) => plot.lines.some(({ low }) => low !== null));
  const hasDoubt = plots.some((plot) => plot.doubtful.length > 0);
  const words = [
    ...(hasBands ? ['Bands: bounds at p = 0.3 and 0.7.'] : []),
    ...(hasDoubt ? ['Hatched: doubtful frames.'] : []),
  ].join(' ');
  const rows = Math.ceil(lines.length / columns);
  const kinds = plotMarkKinds.filter((kind) =>
    plots.some(({ marks }) => marks.some((mark) => mark.kind === kind)),
  );
  const signs = kinds.map(
    (kind, place) =>
      `<path transform="translate(${left + 6 + place * 150} ${y + rows * legendRowPx})" d="${markShapes[kind]}" fill="${faint}" stroke="${ink}"/>` +
      `<text x="${left + 16 + place * 150}" y="${y + rows * legendRowPx + 4}">a piece ${eventNames[kind]}</text>`,
  );
  const wordsY = y + (rows + (kinds.length > 0 ? 1 : 0)) * legendRowPx + 4;
  return [
    '<g class="legend">',
    ...entries,
    ...signs,
    `<text x="${left}" y="${wordsY}" fill="${soft}">${words}</text>`,
    '</g>',
  ].join('\n');
}

function px(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
