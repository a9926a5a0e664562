/** The file that tells what the columns of exported measurements mean. */
import type { Size } from '../geometry/box';
import { lengthUnit, originOf, pixelsPerUnit, unitOf, type Calibration } from './calibration';
import { plainUnit } from './csv';
import type { MeasurementTable } from './measurementTable';
import { quantities, quantityIds } from './quantities';

export type MeasuredFootage = Size & { readonly name: string; readonly frameCount: number };

/** Plain text, lines of any length. */
export function columnsText(
  table: MeasurementTable,
  calibration: Calibration,
  footage: MeasuredFootage,
): string {
  const first = table.frames[0];
  const last = table.frames.at(-1);
  return [
    'Measurements made with Maskflow',
    '',
    `Footage: ${footage.name}, ${footage.width} x ${footage.height} pixels, ${footage.frameCount} frames`,
    first === undefined ? 'Frames: none' : `Frames: ${first} to ${last}`,
    `Labels: ${table.labels.map(({ name }) => name).join(', ')}`,
    '',
    ...calibrationLines(calibration, footage),
    '',
    'Files',
    '  measurements.csv        one row for each frame, label (or pair of labels) and quantity',
    '  measurements-wide.csv   one row for each frame, one column for each value',
    '  events.csv              pieces of labels that split, merge, appear or vanish',
    '  profiles.csv            edges and shares in every column of pixels (where quantities of flow were chosen)',
    'CSV as in RFC 4180, UTF-8, decimal points. An empty value is not defined: the label has no mask on the frame, or',
    'nothing the quantity could be told from.',
    '',
    'Columns of measurements.csv',
    '  frame        number of the frame in the footage, from 0',
    '  time_s       seconds from the first frame of the footage',
    '  label        name of the label',
    '  other_label  the other label of a pair; empty for quantities of one label',
    '  quantity     what the value is, see below',
    '  value, unit  the value in its unit; no unit for plain numbers',
    '  lower, upper the value with the probabilities 0.7 and 0.3 in place of 0.5, where they are known: how much',
    '               hangs on the threshold, and no error bars (the true value may lie outside); what may be of either',
    '               of two labels is in the upper bounds of both',
    '  status       annotated (the user drew, prompted or accepted the mask) or propagated (an engine guessed it)',
    '  confidence   0 to 1, how good the engine thinks its mask is, where it says so',
    '',
    'Quantities',
    ...quantityLines(table, calibration),
    '',
    'Events',
    '  Pieces of a label on two frames that follow each other are the same where they share at least a tenth of the',
    '  smaller one. Small pieces do not count.',
    '',
  ].join('\n');
}

function calibrationLines(calibration: Calibration, footage: MeasuredFootage): string[] {
  const { scale, yAxis, angleDeg, frameRate, region, isLockedExcluded } = calibration;
  const unit = lengthUnit(calibration);
  const origin = originOf(calibration, footage);
  const regionText =
    region === null
      ? 'the whole picture'
      : region.kind === 'box'
        ? `the box with the corners (${region.box[0]}, ${region.box[1]}) and (${region.box[2]}, ${region.box[3]}) px`
        : `the polygon ${region.points.map(({ x, y }) => `(${x}, ${y})`).join(' ')} px`;
  return [
    'Calibration',
    scale && unit !== 'px'
      ? `  Scale: ${pixelsPerUnit(calibration)} pixels to one ${unit}, from a line of ${scale.length} ${unit}`
      : '  Scale: none, lengths are in pixels',
    `  Axes: origin at pixel (${origin.x}, ${origin.y}) from the upper left corner, y points ${yAxis}, x is turned by ${angleDeg} degrees`,
    frameRate === null ? "  Times: the footage's own" : `  Times: ${frameRate} frames per second`,
    `  Measured: ${regionText}, without void pixels${isLockedExcluded ? ' and locked ones' : ''}`,
  ];
}

function quantityLines(table: MeasurementTable, calibration: Calibration): string[] {
  const measured = new Set(table.columns.map(({ quantity }) => quantity));
  return quantityIds
    .filter((id) => measured.has(id))
    .flatMap((id) => {
      const { name, unit, meaning, symbol } = quantities[id];
      const shown = plainUnit(unitOf(unit, calibration));
      return [`  ${id}  (${name}, ${symbol}${shown === '' ? '' : `; ${shown}`})`, `    ${meaning}`];
    });
}
