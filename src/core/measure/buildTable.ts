/** Puts the measurements of a range of frames into one table, in the user's units. */
import type { ObjectId } from '../base/ids';
import type { FrameTable } from '../video/frameTable';
import { timeOfFrame, unitOf } from './calibration';
import type { FrameMeasurement, LabelValues, PairValues } from './frameMeasurement';
import type { LabelStatus, MeasuredColumn, MeasuredLabel, MeasurementTable } from './measurementTable';
import { quantities, quantityIds, type QuantityId } from './quantities';
import {
  boundsOf,
  labelQuantity,
  pairQuantity,
  type Conversion,
  type LabelQuantity,
  type MotionQuantity,
  type PairQuantity,
} from './quantityValues';
import { slopes } from './slopes';

export type TableSource = Conversion & {
  readonly fromFrame: number;
  /** One for each frame from `fromFrame` on. */
  readonly measurements: readonly FrameMeasurement[];
  /** The frames just outside, which slopes at the ends look at; left out where there are none, or nothing moves. */
  readonly before?: FrameMeasurement;
  readonly after?: FrameMeasurement;
  readonly frameTable: FrameTable;
  readonly labels: readonly MeasuredLabel[];
  readonly statuses: readonly LabelStatus[];
  readonly quantities: readonly QuantityId[];
};

export function buildTable(source: TableSource): MeasurementTable {
  const { measurements, fromFrame, labels, statuses } = source;
  const frames = Int32Array.from(measurements, (_, index) => fromFrame + index);
  const timesSec = timesOf(source);
  const ofLabel = new Map(labels.map(({ objectId }) => [objectId, seriesOfLabel(measurements, objectId)]));
  const wanted = quantityIds.filter((id) => source.quantities.includes(id));
  const columns = wanted.flatMap((id): MeasuredColumn[] => {
    if (isPair(id)) {
      return pairsOfLabels(labels).map(([objectId, otherId]) => ({
        ...pairColumn(source, id, objectId, otherId),
        otherId,
      }));
    }
    return labels.map(({ objectId }) => ({
      quantity: id,
      objectId,
      otherId: null,
      unit: unitOf(quantities[id].unit, source.calibration),
      ...(isMotion(id)
        ? { values: motionValues(source, id, objectId) }
        : labelValues(source, id, ofLabel.get(objectId)!)),
    }));
  });
  return { frames, timesSec, labels, statuses, columns };
}

function timesOf({
  measurements,
  fromFrame,
  frameTable,
  calibration,
}: TableSource): Float64Array<ArrayBuffer> {
  return Float64Array.from(measurements, (_, index) =>
    timeOfFrame(frameTable, fromFrame + index, calibration),
  );
}

/** One label's values on each frame; null where it has no mask. */
type LabelSeries = readonly (LabelValues | null)[];

function seriesOfLabel(measurements: readonly FrameMeasurement[], objectId: ObjectId): LabelSeries {
  return measurements.map(
    ({ labels }) => labels.find((entry) => entry.objectId === objectId)?.values ?? null,
  );
}

function isPair(id: QuantityId): id is PairQuantity {
  return quantities[id].scope === 'pair';
}

function isMotion(id: QuantityId): id is MotionQuantity {
  return quantities[id].group === 'motion';
}

function pairsOfLabels(labels: readonly MeasuredLabel[]): (readonly [ObjectId, ObjectId])[] {
  return labels.flatMap(({ objectId }, index) =>
    labels.slice(index + 1).map((other) => [objectId, other.objectId] as const),
  );
}

function labelValues(
  source: TableSource,
  id: LabelQuantity,
  series: LabelSeries,
): Pick<MeasuredColumn, 'values' | 'lower' | 'upper'> {
  const areaOf = (frame: number): number => source.measurements[frame]!.measuredAreaPx;
  return withBounds(source, id, series, (values, frame) => labelQuantity(id, values, areaOf(frame), source));
}

function pairColumn(
  source: TableSource,
  id: PairQuantity,
  objectId: ObjectId,
  otherId: ObjectId,
): Omit<MeasuredColumn, 'otherId'> {
  const series = source.measurements.map(
    ({ pairs }) =>
      pairs.find(
        (pair) =>
          (pair.objectId === objectId && pair.otherId === otherId) ||
          (pair.objectId === otherId && pair.otherId === objectId),
      )?.values ?? null,
  );
  return {
    quantity: id,
    objectId,
    unit: unitOf(quantities[id].unit, source.calibration),
    ...withBounds(source, id, series, (values) => pairQuantity(id, values, source.calibration)),
  };
}

function withBounds<Values extends LabelValues | PairValues>(
  { measurements, calibration }: TableSource,
  id: QuantityId,
  series: readonly (Values | null)[],
  valueOf: (values: Values, frame: number) => number,
): Pick<MeasuredColumn, 'values' | 'lower' | 'upper'> {
  const each = (of: (values: Values, frame: number) => number): Float64Array =>
    Float64Array.from(series, (values, frame) => (values ? of(values, frame) : Number.NaN));
  if (!quantities[id].hasBounds) {
    return { values: each(valueOf) };
  }
  const bounds = (values: Values, frame: number): ReturnType<typeof boundsOf> =>
    boundsOf(id, values, measurements[frame]!.measuredAreaPx, calibration);
  return {
    values: each(valueOf),
    lower: each((values, frame) => bounds(values, frame).lower),
    upper: each((values, frame) => bounds(values, frame).upper),
  };
}

/** Slopes at the ends of the range are the same as if the range went on. */
function motionValues(source: TableSource, id: MotionQuantity, objectId: ObjectId): Float64Array {
  const { before, after } = source;
  const wide: TableSource = {
    ...source,
    fromFrame: source.fromFrame - (before ? 1 : 0),
    measurements: [...(before ? [before] : []), ...source.measurements, ...(after ? [after] : [])],
  };
  const first = before ? 1 : 0;
  return slopesOf(wide, id, objectId).slice(first, first + source.measurements.length);
}

function slopesOf(source: TableSource, id: MotionQuantity, objectId: ObjectId): Float64Array {
  const series = seriesOfLabel(source.measurements, objectId);
  const timesSec = timesOf(source);
  const slopeOf = (quantity: LabelQuantity): Float64Array =>
    slopes(timesSec, labelValues(source, quantity, series).values);
  if (id === 'areaRate') {
    return slopeOf('area');
  }
  if (id === 'velocityX') {
    return slopeOf('centroidX');
  }
  const y = slopeOf('centroidY');
  return id === 'velocityY' ? y : slopeOf('centroidX').map((x, index) => Math.hypot(x, y[index]!));
}
