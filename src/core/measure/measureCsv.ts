/** Measurements as CSV: one value to a row, one frame to a row, and one event to a row. */
import type { ObjectId } from '../base/ids';
import type { Size } from '../geometry/box';
import { lengthUnit, toUserPoint, unitFactor, unitOf, type Calibration } from './calibration';
import { csvRow, plainUnit, type CsvValue } from './csv';
import type { MeasuredColumn, MeasuredLabel, Measurements, MeasurementTable } from './measurementTable';
import { quantities } from './quantities';

export const tidyHeader = [
  'frame',
  'time_s',
  'label',
  'other_label',
  'quantity',
  'value',
  'unit',
  'lower',
  'upper',
  'status',
  'confidence',
] as const;

/** One row for each frame, label (or pair) and quantity, frame by frame, with its header. Pieces of text, in order. */
export function* tidyCsv(table: MeasurementTable): Generator<string, void, void> {
  yield csvRow(tidyHeader);
  const nameOf = labelNames(table.labels);
  const statuses = new Map(table.statuses.map((status) => [status.objectId, status]));
  const units = table.columns.map(({ unit }) => plainUnit(unit));
  for (let index = 0; index < table.frames.length; index += 1) {
    const rows = table.columns.map((column, place) => {
      const own = statuses.get(column.objectId);
      const other = column.otherId === null ? null : statuses.get(column.otherId);
      // A pair is annotated where both are, and as sure as the less sure one.
      const isPropagated = own?.status[index] === 'propagated' || other?.status[index] === 'propagated';
      const isThere =
        Boolean(own?.status[index]) && (column.otherId === null || Boolean(other?.status[index]));
      return csvRow([
        table.frames[index]!,
        table.timesSec[index]!,
        nameOf(column.objectId),
        column.otherId === null ? null : nameOf(column.otherId),
        column.quantity,
        column.values[index]!,
        units[place]!,
        column.lower?.[index] ?? null,
        column.upper?.[index] ?? null,
        isThere ? (isPropagated ? 'propagated' : 'annotated') : null,
        leastConfidence([own?.confidence[index], other?.confidence[index]]),
      ]);
    });
    yield rows.join('');
  }
}

function leastConfidence(confidences: readonly (number | undefined)[]): number | null {
  const known = confidences.filter((value) => value !== undefined && !Number.isNaN(value));
  return known.length === 0 ? null : Math.min(...known.map(Number));
}

/** One row for each frame, with its header: a column for each value, each bound, and each label's mask. */
export function* wideCsv(table: MeasurementTable): Generator<string, void, void> {
  const nameOf = labelNames(table.labels);
  const columns = table.columns.flatMap((column) => {
    const title = columnTitle(column, nameOf);
    const unit = column.unit === '' ? '' : ` (${plainUnit(column.unit)})`;
    return [
      { title: `${title}${unit}`, values: column.values },
      ...(column.lower ? [{ title: `${title} lower${unit}`, values: column.lower }] : []),
      ...(column.upper ? [{ title: `${title} upper${unit}`, values: column.upper }] : []),
    ];
  });
  const masks = table.statuses.flatMap(({ objectId, status, confidence }) => [
    { title: `${nameOf(objectId)}: status`, values: status },
    { title: `${nameOf(objectId)}: confidence`, values: confidence },
  ]);
  yield csvRow(['frame', 'time_s', ...[...columns, ...masks].map(({ title }) => title)]);
  for (let index = 0; index < table.frames.length; index += 1) {
    const cells: CsvValue[] = [...columns, ...masks].map(({ values }) => values[index] ?? null);
    yield csvRow([table.frames[index]!, table.timesSec[index]!, ...cells]);
  }
}

/** `label: Area` or `label + other: Contact length`. */
function columnTitle(
  { quantity, objectId, otherId }: MeasuredColumn,
  nameOf: (objectId: ObjectId) => string,
): string {
  const whose = otherId === null ? nameOf(objectId) : `${nameOf(objectId)} + ${nameOf(otherId)}`;
  return `${whose}: ${quantities[quantity].name}`;
}

/** Names that tell labels apart: a second one of a name gets its number with it. */
export function labelNames(labels: readonly MeasuredLabel[]): (objectId: ObjectId) => string {
  const names = new Map<ObjectId, string>();
  const used = new Set<string>();
  for (const { objectId, name } of labels) {
    const own = used.has(name) ? `${name} #${objectId}` : name;
    used.add(own);
    names.set(objectId, own);
  }
  return (objectId) => names.get(objectId) ?? `#${objectId}`;
}

/** One row for each event, with its header; areas and places in the user's units. */
export function* eventsCsv(
  { table, events }: Measurements,
  calibration: Calibration,
  size: Size,
): Generator<string, void, void> {
  const nameOf = labelNames(table.labels);
  const places = new Map([...table.frames].map((frame, index) => [frame, index]));
  yield csvRow([
    'frame',
    'time_s',
    'label',
    'event',
    'pieces_before',
    'pieces_after',
    'area',
    'area_unit',
    'x',
    'y',
    'length_unit',
  ]);
  for (const event of events) {
    const at = toUserPoint(event.at, calibration, size);
    yield csvRow([
      event.frameIndex,
      table.timesSec[places.get(event.frameIndex) ?? -1] ?? null,
      nameOf(event.objectId),
      event.kind,
      event.piecesBefore,
      event.piecesAfter,
      event.areaPx * unitFactor('area', calibration),
      plainUnit(unitOf('area', calibration)),
      at.x,
      at.y,
      lengthUnit(calibration),
    ]);
  }
}
