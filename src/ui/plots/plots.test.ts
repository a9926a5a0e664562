/** Plots of measurements: what they are made of, their ticks, and the file that is made of them. */
import { describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { createLabel, type Label } from '../../core/label/label';
import { measured } from '../measure/__fixtures__/measured';
import { buildPlots } from './buildPlots';
import type { Plot } from './plotModel';
import { plotSvg } from './plotSvg';
import { plotXTicks, tableAtRate } from './plotXTicks';
import { tickText, valueRange, valueTicks } from './plotTicks';

const first: Label = { ...createLabel([]), name: 'upper <dye> & co' };
const second: Label = { ...createLabel([first]), objectId: objectId(2), name: 'lower dye' };
const table = {
  timestampsSec: Float64Array.from({ length: 60 }, (_, frame) => frame / 25),
  lastDurationSec: 0.04,
};

function svgOf(
  plots: readonly Plot[],
  change: { fromFrame?: number; axis?: 'frames' | 'time' } = {},
): string {
  return plotSvg({
    plots,
    axis: change.axis ?? 'frames',
    table,
    fromFrame: change.fromFrame ?? 0,
    toFrame: 59,
    caption: 'two dyes.mp4',
  });
}

/** Coordinates in path data, in pairs. */
function coordinates(d: string): number[][] {
  return d
    .split(/[MLZ]/)
    .filter((part) => part !== '')
    .map((part) => part.split(' ').map(Number));
}

describe('plots', () => {
  it('have a line for each label, with its colour, its own dashes, and bounds where there are some', () => {
    const [area, speed] = buildPlots(measured([first, second]), ['area', 'speed']);
    expect(area).toMatchObject({ title: 'Area', unit: 'mm²', firstFrame: 0, frameCount: 60 });
    expect(area!.lines.map(({ name, colour }) => [name, colour])).toEqual([
      [first.name, first.colour],
      [second.name, second.colour],
    ]);
    expect(area!.lines[0]!.dash).not.toEqual(area!.lines[1]!.dash);
    expect(area!.lines[0]!.high![3]).toBeCloseTo(area!.lines[0]!.values[3]! + 10);
    expect(speed!.lines[0]!.low).toBeNull();
    // The same label looks the same everywhere.
    expect(speed!.lines[0]!.dash).toEqual(area!.lines[0]!.dash);
  });

  it('name both labels of a pair, and mark no events there', () => {
    const [contact] = buildPlots(measured([first, second]), ['contactLength']);
    expect(contact!.lines.map(({ name }) => name)).toEqual([`${first.name} – ${second.name}`]);
    expect(contact!.marks).toEqual([]);
    // Its first label has the same colour.
    const [area] = buildPlots(measured([first, second]), ['area']);
    expect(area!.lines.map(({ dash }) => dash)).not.toContainEqual(contact!.lines[0]!.dash);
  });

  it('know doubtful frames as stretches, and events in words', () => {
    const [area] = buildPlots(measured([first, second]), ['area']);
    expect(area!.doubtful).toEqual([{ fromFrame: 20, toFrame: 24 }]);
    expect(area!.marks.map(({ frame, kind, text }) => [frame, kind, text])).toEqual([
      [12, 'split', `${first.name}: a piece splits into 2`],
      [30, 'vanish', 'lower dye: a piece vanishes'],
    ]);
  });

  it('leave out what is not measured', () => {
    expect(buildPlots(measured([first, second]), ['perimeter'])).toEqual([]);
  });
});

describe('the vertical axis', () => {
  it('covers all values and bounds, and begins at zero near it', () => {
    const [area, speed] = buildPlots(measured([first, second]), ['area', 'speed']);
    const { min, max } = valueRange(area!);
    expect(min).toBe(0);
    expect(max).toBeGreaterThan(167);
    expect(valueRange(speed!)).toEqual({ min: 2.25, max: 2.75 });
  });

  it.each([
    [{ min: 0, max: 100 }, 5, [0, 20, 40, 60, 80, 100]],
    [{ min: 0, max: 0.3 }, 3, [0, 0.1, 0.2, 0.3]],
    [{ min: -3, max: 4 }, 4, [-2, 0, 2, 4]],
  ])('has round ticks in %j', (range, count, ticks) => {
    expect(valueTicks(range, count)).toEqual(ticks);
  });

  it.each([
    [0.25, 0.05, '0.25'],
    [20, 10, '20'],
    [25_000, 5000, '25k'],
    [2_500_000, 500_000, '2.5M'],
  ])('writes %d shortly', (value, step, text) => {
    expect(tickText(value, step)).toBe(text);
  });
});

describe('the horizontal axis', () => {
  const scale = { frameCount: 60, widthPx: 600, firstFrame: 0, pxPerFrame: 10 };

  it('has frames in the middle of their cells, and times where frames begin', () => {
    expect(plotXTicks(scale, 'frames', table, 64).slice(0, 3)).toEqual([
      { px: 5, label: '0' },
      { px: 105, label: '10' },
      { px: 205, label: '20' },
    ]);
    const times = plotXTicks(scale, 'time', table, 64);
    expect(times.map(({ label }) => label)).toEqual(['0.0', '0.5', '1.0', '1.5', '2.0']);
    expect(times[2]!.px).toBeCloseTo(250);
  });

  it('follows a told frame rate, however fast', () => {
    const fast = tableAtRate(table, 100_000);
    expect(plotXTicks(scale, 'time', fast, 64).map(({ label }) => label)).toEqual([
      '0.0000',
      '0.0001',
      '0.0002',
      '0.0003',
      '0.0004',
      '0.0005',
    ]);
    expect(tableAtRate(table, null)).toBe(table);
  });
});

describe('the SVG file', () => {
  const plots = buildPlots(measured([first, second]), ['area', 'speed']);

  it('is XML with axes, units and a legend, whatever labels are called', () => {
    const svg = svgOf(plots);
    // No browser here: balanced and escaped is what a parser needs.
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
    expect(svg).not.toContain('<dye>');
    expect([...svg.matchAll(/<g[ >]/g)]).toHaveLength([...svg.matchAll(/<\/g>/g)].length);
    expect(svg).toContain('>Area (mm²)</text>');
    expect(svg).toContain('>Speed of the centroid (mm/s)</text>');
    expect(svg).toContain('>Frame</text>');
    expect(svg).toContain('upper &lt;dye&gt; &amp; co</text>');
    expect(svg).toContain('Bands: bounds at p = 0.3 and 0.7.');
    expect(svg).toContain('Hatched: doubtful frames.');
    expect(svg).toContain('>a piece splits</text>');
    expect(svg).not.toContain('>a piece appears</text>');
    expect(svgOf(plots, { axis: 'time' })).toContain('>Time (s)</text>');
  });

  it('draws each value where the axes say it is', () => {
    const svg = svgOf(plots);
    const [d] = [...svg.matchAll(/<path class="line" d="([^"]+)"/g)].map((match) => match[1]!);
    const points = coordinates(d!);
    expect(points).toHaveLength(60);
    const { min, max } = valueRange(plots[0]!);
    points.forEach(([x, y], frame) => {
      expect(x).toBeCloseTo(76 + ((frame + 0.5) / 60) * (900 - 76 - 20), 1);
      expect(max - ((y! - 34) / 220) * (max - min)).toBeCloseTo(plots[0]!.lines[0]!.values[frame]!, 0);
    });
  });

  it('breaks lines and bands where values are missing', () => {
    const svg = svgOf(plots);
    const lines = [...svg.matchAll(/<path class="line" d="([^"]+)"/g)].map((match) => match[1]!);
    expect(lines[0]!.split('M')).toHaveLength(2);
    expect(lines[1]!.split('M')).toHaveLength(3);
    const bands = [...svg.matchAll(/<path class="band" d="([^"]+)"/g)].map((match) => match[1]!);
    expect(bands.map((band) => band.split('Z').length - 1)).toEqual([1, 2]);
  });

  it('holds the frames asked for, and events as titles', () => {
    expect([...svgOf(plots).matchAll(/class="event"/g)]).toHaveLength(4);
    const later = svgOf(plots, { fromFrame: 20 });
    expect([...later.matchAll(/class="event"/g)]).toHaveLength(2);
    expect(later).toContain('<title>Frame 30: lower dye: a piece vanishes</title>');
    const [d] = [...later.matchAll(/<path class="line" d="([^"]+)"/g)].map((match) => match[1]!);
    expect(coordinates(d!)).toHaveLength(40);
  });
});
