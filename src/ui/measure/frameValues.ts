/** The values of one frame, grouped by what they belong to. */
import { valueText } from '../../core/base/numberText';
import type { Measurements, MeasuredColumn, MeasuredLabel } from '../../core/measure/measurementTable';
import { quantities, type QuantityId } from '../../core/measure/quantities';

export type FrameValue = {
  readonly quantity: QuantityId;
  readonly name: string;
  readonly meaning: string;
  /** With its unit. */
  readonly text: string;
  /** Such as `11.9–12.8`; null when the quantity has no bounds here. */
  readonly bounds: string | null;
};

export type FrameValues = {
  readonly key: string;
  /** One label, or the two of a pair. */
  readonly labels: readonly MeasuredLabel[];
  readonly values: readonly FrameValue[];
};

/** Labels first, then pairs; null when the frame was not measured. */
export function valuesOfFrame({ table }: Measurements, frame: number): FrameValues[] | null {
  const place = table.frames.indexOf(frame);
  if (place < 0) {
    return null;
  }
  const groups = new Map<string, { labels: MeasuredLabel[]; values: FrameValue[] }>();
  for (const column of table.columns) {
    const labels = labelsOf(column, table.labels);
    const key = labels.map(({ objectId }) => objectId).join(' ');
    const group = groups.get(key) ?? { labels, values: [] };
    group.values.push(valueOf(column, place));
    groups.set(key, group);
  }
  return [...groups]
    .map(([key, group]) => ({ key, ...group }))
    .toSorted((a, b) => a.labels.length - b.labels.length);
}

/** The label of a column, or both of a pair. */
export function labelsOf(
  { objectId, otherId }: MeasuredColumn,
  labels: readonly MeasuredLabel[],
): MeasuredLabel[] {
  return labels.filter((label) => label.objectId === objectId || label.objectId === otherId);
}

function valueOf(column: MeasuredColumn, place: number): FrameValue {
  const { name, meaning } = quantities[column.quantity];
  const value = column.values[place] ?? Number.NaN;
  const [lower, upper] = [column.lower?.[place] ?? Number.NaN, column.upper?.[place] ?? Number.NaN];
  const hasBounds = Number.isFinite(lower) && Number.isFinite(upper);
  return {
    quantity: column.quantity,
    name,
    meaning,
    text: Number.isFinite(value) ? `${valueText(value)}${unitText(column.unit)}` : '–',
    bounds: hasBounds ? `${valueText(lower)}–${valueText(upper)}` : null,
  };
}

function unitText(unit: string): string {
  return unit === '' ? '' : unit === '°' ? unit : ` ${unit}`;
}
