/** Tables and files of measurements: values in the user's units, gaps, and what readers of CSV expect. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { emptyTrack, type FrameMask, type MaskTrack } from '../track/maskTrack';
import { rleArea, rleBox, type Rle } from '../mask/rle';
import { frameOf, measured, rleWhere } from './__fixtures__/shapes';
import { buildTable } from './buildTable';
import { plainCalibration, type Calibration } from './calibration';
import { columnsText } from './columnsText';
import { csvRow } from './csv';
import { eventsCsv, tidyCsv, tidyHeader, wideCsv } from './measureCsv';
import { columnLabels, columnOf, labelStatuses, type MeasurementTable } from './measurementTable';
import { profileRows, profilesHeader } from './profilesCsv';
import { quantityIds, type QuantityId } from './quantities';
import { slopes } from './slopes';

const size = { width: 64, height: 48 };
const [one, two] = [objectId(1), objectId(2)];
const labels = [
  { objectId: one, name: 'upper "dye", red', colour: '#e69f00' },
  { objectId: two, name: 'lower', colour: '#56b4e9' },
];
const timesSec = Float64Array.of(0, 0.1, 0.2, 0.4, 0.5);

function square(x0: number, y0: number, side: number): Rle {
  return rleWhere(size, (x, y) => x > x0 && x < x0 + side && y > y0 && y < y0 + side);
}

/** Label 1 moves by 2, 2, 4 and 2 px: at a steady speed by its uneven times. Label 2 has no mask on frame 2. */
function table(
  quantities: readonly QuantityId[],
  calibration: Calibration = plainCalibration,
): MeasurementTable {
  const still = square(40, 30, 6);
  const frames = [0, 2, 4, 8, 10].map((x, index) => {
    const frame = frameOf(size, [square(x, 5, 10), still]);
    return index === 2 ? { ...frame, masks: frame.masks.slice(0, 1) } : frame;
  });
  return buildTable({
    fromFrame: 0,
    measurements: frames.map(measured),
    frameTable: { timestampsSec: timesSec, lastDurationSec: 0.1 },
    size,
    calibration,
    labels,
    statuses: [
      {
        objectId: one,
        status: ['annotated', 'propagated', 'propagated', 'propagated', 'annotated'],
        confidence: Float64Array.of(NaN, 0.9, 0.8, 0.7, NaN),
      },
      {
        objectId: two,
        status: ['annotated', 'propagated', null, 'propagated', 'propagated'],
        confidence: new Float64Array(5).fill(0.5),
      },
    ],
    quantities,
  });
}

describe('slopes', () => {
  it('are those of a parabola through three points, for any steps', () => {
    const coefficient = fc.double({ min: -50, max: 50, noNaN: true });
    const steps = fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(coefficient, coefficient, steps, (a, b, gaps) => {
        let time = 0;
        const times = Float64Array.from(gaps, (gap) => (time += gap));
        const values = times.map((t) => a * t * t + b * t + 3);
        const found = slopes(times, values);
        found.subarray(1, -1).forEach((slope, index) => {
          expect(Math.abs(slope - (2 * a * times[index + 1]! + b))).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it('never bridge a gap', () => {
    const times = Float64Array.of(0, 1, 2, 3, 4, 5);
    const found = slopes(times, Float64Array.of(0, 2, NaN, 7, NaN, 5));
    expect([...found]).toEqual([2, 2, NaN, NaN, NaN, NaN]);
  });
});

describe('buildTable', () => {
  it('has the quantities asked for, by label, in the order of the list', () => {
    const { columns, frames } = table(['distance', 'area', 'speed']);
    expect([...frames]).toEqual([0, 1, 2, 3, 4]);
    expect(columns.map(({ quantity, objectId: id, otherId, unit }) => [quantity, id, otherId, unit])).toEqual(
      [
        ['area', 1, null, 'px²'],
        ['area', 2, null, 'px²'],
        ['speed', 1, null, 'px/s'],
        ['speed', 2, null, 'px/s'],
        ['distance', 1, 2, 'px'],
      ],
    );
  });

  it('tells speeds by the times of the frames, and nothing where there is no mask', () => {
    const found = table(['speed', 'velocityX', 'velocityY', 'area', 'areaRate', 'contactLength']);
    columnOf(found, 'speed', one)!.values.forEach((speed) => expect(speed).toBeCloseTo(20, 9));
    columnOf(found, 'velocityX', one)!.values.forEach((speed) => expect(speed).toBeCloseTo(20, 9));
    columnOf(found, 'velocityY', one)!.values.forEach((speed) => expect(speed).toBeCloseTo(0, 9));
    expect([...columnOf(found, 'speed', two)!.values]).toEqual([0, 0, NaN, 0, 0]);
    expect([...columnOf(found, 'area', two)!.values]).toEqual([36, 36, NaN, 36, 36]);
    expect([...columnOf(found, 'areaRate', one)!.values]).toEqual([0, 0, 0, 0, 0]);
    expect([...columnOf(found, 'contactLength', two, one)!.values]).toEqual([0, 0, NaN, 0, 0]);
  });

  it('gives every quantity in the units of the calibration', () => {
    const scale = { from: { x: 0, y: 0 }, to: { x: 4, y: 0 }, length: 1, unit: 'mm' };
    const [pixels, metric] = [
      table(quantityIds),
      table(quantityIds, { ...plainCalibration, scale, frameRate: 100 }),
    ];
    expect([...metric.timesSec]).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
    pixels.columns.forEach((column, index) => {
      const other = metric.columns[index]!;
      const isOverTime = ['speed', 'velocityX', 'velocityY', 'areaRate'].includes(column.quantity);
      const factor = column.unit.startsWith('px²') ? 1 / 16 : column.unit.startsWith('px') ? 1 / 4 : 1;
      expect(other.unit).toBe(column.unit.replace('px', 'mm'));
      if (!isOverTime) {
        other.values.forEach((value, frame) =>
          Number.isNaN(column.values[frame])
            ? expect(value).toBeNaN()
            : expect(value).toBeCloseTo(column.values[frame]! * factor, 9),
        );
      }
    });
    expect(columnOf(metric, 'velocityX', one)!.values[1]).toBeCloseTo(2 / 4 / 0.01, 9);
  });
});

/** A reader of RFC 4180, as strict as the standard. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true);
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const found = field.exec(text);
    if (!found) {
      throw new Error(`not CSV at ${field.lastIndex}`);
    }
    rows.at(-1)!.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    if (found[3] === '\r\n' && field.lastIndex < text.length) {
      rows.push([]);
    }
    if (field.lastIndex === text.length) {
      break;
    }
  }
  return rows;
}

describe('CSV', () => {
  it('comes back as it was, whatever a name holds', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ';', 'µ') }), { minLength: 1 }),
        (row) => {
          expect(parseCsv(csvRow(row))).toEqual([row]);
        },
      ),
    );
    expect(csvRow([1.5, null, NaN, 1e-7, 0.1 + 0.2, -0])).toBe('1.5,,,1e-7,0.3,0\r\n');
  });

  it('has one row for each frame, label and quantity', () => {
    const found = table(['area', 'perimeter', 'contactLength']);
    const [header, ...rows] = parseCsv([...tidyCsv(found)].join(''));
    expect(header).toEqual([...tidyHeader]);
    expect(rows).toHaveLength(5 * 5);
    expect(rows[0]).toEqual([
      '0',
      '0',
      'upper "dye", red',
      '',
      'area',
      '100',
      'px^2',
      '',
      '',
      'annotated',
      '',
    ]);
    const pair = rows.filter(([frame, , , other]) => frame === '1' && other !== '');
    expect(pair).toEqual([
      ['1', '0.1', 'upper "dye", red', 'lower', 'contactLength', '0', 'px', '', '', 'propagated', '0.5'],
    ]);
    const missing = rows.find(([frame, , label]) => frame === '2' && label === 'lower')!;
    expect([missing[5], missing[9]]).toEqual(['', '']);
  });

  it('has one row for each frame in the wide form, and tells labels of one name apart', () => {
    const found = { ...table(['area']), labels: labels.map((label) => ({ ...label, name: 'dye' })) };
    const [header, ...rows] = parseCsv([...wideCsv(found)].join(''));
    expect(header).toEqual([
      'frame',
      'time_s',
      'dye: Area (px^2)',
      'dye: Area lower (px^2)',
      'dye: Area upper (px^2)',
      'dye #2: Area (px^2)',
      'dye #2: Area lower (px^2)',
      'dye #2: Area upper (px^2)',
      'dye: status',
      'dye: confidence',
      'dye #2: status',
      'dye #2: confidence',
    ]);
    expect(rows).toHaveLength(5);
    expect(rows[2]).toEqual(['2', '0.2', '100', '', '', '', '', '', 'propagated', '0.8', '', '0.5']);
  });

  it('has events and profiles in the units of the calibration', () => {
    const scale = { from: { x: 0, y: 0 }, to: { x: 4, y: 0 }, length: 1, unit: 'mm' };
    const calibration: Calibration = { ...plainCalibration, scale, yAxis: 'up' };
    const event = { frameIndex: 3, objectId: two, kind: 'split', piecesBefore: 1, piecesAfter: 2 } as const;
    const events = [{ ...event, areaPx: 32, at: { x: 8, y: 40 } }];
    const [, row] = parseCsv(
      [...eventsCsv({ table: table(['area'], calibration), events }, calibration, size)].join(''),
    );
    expect(row).toEqual(['3', '0.4', 'lower', 'split', '1', '2', '2', 'mm^2', '2', '2', 'mm']);
    const profiles = [
      {
        objectId: two,
        upperEdge: Float32Array.of(8, NaN),
        lowerEdge: Float32Array.of(24, NaN),
        fraction: Float32Array.of(0.5, 0),
      },
    ];
    const text =
      profilesHeader(calibration) +
      profileRows({ frameIndex: 3, timeSec: 0.4, profiles }, { labels, calibration, size });
    expect(parseCsv(text)).toEqual([
      ['frame', 'time_s', 'label', 'column_px', 'x (mm)', 'upper_edge (mm)', 'lower_edge (mm)', 'fraction'],
      ['3', '0.4', 'lower', '0', '0.125', '10', '6', '0.5'],
      ['3', '0.4', 'lower', '1', '0.375', '', '', '0'],
    ]);
  });

  it('comes with the meaning of each quantity in it', () => {
    const found = table(['area', 'mixingWidth']);
    const text = columnsText(found, plainCalibration, { ...size, name: 'clip.mp4', frameCount: 5 });
    expect(text).toContain('clip.mp4, 64 x 48 pixels, 5 frames');
    expect(text).toContain('mixingWidth  (Mixing width (integral), W; px)');
    expect(text).not.toContain('contactLength  (');
    for (const column of tidyHeader) {
      expect(text).toContain(column);
    }
  });
});

describe('labelStatuses', () => {
  it('says where masks come from', () => {
    const rle = square(1, 1, 3);
    const mask: FrameMask = { rle, box: rleBox(rle), areaPx: rleArea(rle), predictedIou: null };
    const track: MaskTrack = {
      ...emptyTrack(one),
      prompted: new Map([[0, mask]]),
      propagated: new Map([
        [0, mask],
        [1, { ...mask, confidence: 0.25 }],
      ]),
    };
    const [status] = labelStatuses(new Map([[one, track]]), [one], [0, 1, 2]);
    expect(status!.status).toEqual(['annotated', 'propagated', null]);
    expect([...status!.confidence]).toEqual([NaN, 0.25, NaN]);
    const all = (['competitor', 'object', 'void'] as const).map((role, index) => ({
      objectId: objectId(index + 1),
      name: role,
      colour: '#000000',
      role,
      isVisible: true,
    }));
    expect(columnLabels(all, false).map(({ name }) => name)).toEqual(['object']);
    expect(columnLabels(all, true).map(({ name }) => name)).toEqual(['competitor', 'object']);
  });
});
