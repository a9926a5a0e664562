/** Makes plots of what was measured. */
import type { LabelStatus, MeasuredColumn, Measurements } from '../../core/measure/measurementTable';
import { quantities, type QuantityId } from '../../core/measure/quantities';
import { DOUBT_BELOW } from '../../core/review/doubtfulStretches';
import { eventWords } from '../measure/eventWords';
import { labelsOf } from '../measure/frameValues';
import { dashOfLine, type Plot, type PlotLine, type PlotMark, type PlotStretch } from './plotModel';

/** One plot for each quantity that was measured, in the order given. Lines whose key is hidden are left out. */
export function buildPlots(
  { table, events }: Measurements,
  plotted: readonly QuantityId[],
  hiddenLines: ReadonlySet<string> = new Set(),
): Plot[] {
  const firstFrame = table.frames[0] ?? 0;
  const frameCount = (table.frames.at(-1) ?? -1) - firstFrame + 1;
  const doubtful = doubtfulStretches(table.statuses, table.frames);
  const marks = events.map((event): PlotMark => {
    const label = table.labels.find(({ objectId }) => objectId === event.objectId);
    return {
      frame: event.frameIndex,
      kind: event.kind,
      colour: label?.colour ?? '#808080',
      text: eventWords(event, table.labels),
    };
  });
  return plotted.flatMap((quantity) => {
    const columns = table.columns.filter((column) => column.quantity === quantity);
    if (columns.length === 0) {
      return [];
    }
    const lines = columns
      .map((column, place) => lineOf(column, place, table, firstFrame, frameCount))
      .filter(({ key }) => !hiddenLines.has(key));
    const { name, scope } = quantities[quantity];
    return [
      {
        id: quantity,
        title: name,
        unit: columns[0]?.unit ?? '',
        firstFrame,
        frameCount,
        lines,
        doubtful,
        marks: scope === 'label' ? marks : [],
      },
    ];
  });
}

function lineOf(
  column: MeasuredColumn,
  place: number,
  table: Measurements['table'],
  firstFrame: number,
  frameCount: number,
): PlotLine {
  const labels = labelsOf(column, table.labels);
  const labelPlace = table.labels.findIndex(({ objectId }) => objectId === column.objectId);
  const dense = (values: Float64Array): Float64Array => {
    const all = new Float64Array(frameCount).fill(Number.NaN);
    table.frames.forEach((frame, index) => {
      all[frame - firstFrame] = values[index] ?? Number.NaN;
    });
    return all;
  };
  return {
    key: labels.map(({ objectId }) => objectId).join(' '),
    name: labels.map(({ name }) => name).join(' – '),
    colour: mixedColour(labels.map(({ colour }) => colour)),
    // A label looks the same in all plots; dashes of pairs come after those of labels.
    dash: dashOfLine(column.otherId === null ? labelPlace : table.labels.length + place),
    values: dense(column.values),
    low: column.lower ? dense(column.lower) : null,
    high: column.upper ? dense(column.upper) : null,
  };
}

/** The colour itself of one label; between the two of a pair, so that the line is taken for neither. */
function mixedColour(colours: readonly string[]): string {
  const channels = [1, 3, 5].map((at) => {
    const values = colours.map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1));
  });
  return colours.length === 0
    ? '#808080'
    : `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Frames in a row on which any label's mask is doubtful. */
export function doubtfulStretches(statuses: readonly LabelStatus[], frames: Int32Array): PlotStretch[] {
  const stretches: { fromFrame: number; toFrame: number }[] = [];
  frames.forEach((frame, index) => {
    if (statuses.some(({ confidence }) => (confidence[index] ?? Number.NaN) < DOUBT_BELOW)) {
      const last = stretches.at(-1);
      if (last && last.toFrame === frame - 1) {
        last.toFrame = frame;
      } else {
        stretches.push({ fromFrame: frame, toFrame: frame });
      }
    }
  });
  return stretches;
}
