/** The edges and shares of labels in every column of pixels as CSV. */
import type { Size } from '../geometry/box';
import { lengthUnit, originOf, pixelsPerUnit, toUserHeight, type Calibration } from './calibration';
import { csvRow, plainUnit } from './csv';
import type { FlowProfile } from './flowProfile';
import { labelNames } from './measureCsv';
import type { MeasuredLabel } from './measurementTable';

export function profilesHeader(calibration: Calibration): string {
  const unit = plainUnit(lengthUnit(calibration));
  return csvRow([
    'frame',
    'time_s',
    'label',
    'column_px',
    `x (${unit})`,
    `upper_edge (${unit})`,
    `lower_edge (${unit})`,
    'fraction',
  ]);
}

export type ProfileFrame = {
  readonly frameIndex: number;
  readonly timeSec: number;
  readonly profiles: readonly FlowProfile[];
};

/** One row for each label and column of one frame. x is the column's middle from the origin along the picture's rows. */
export function profileRows(
  { frameIndex, timeSec, profiles }: ProfileFrame,
  { labels, calibration, size }: { labels: readonly MeasuredLabel[]; calibration: Calibration; size: Size },
): string {
  const nameOf = labelNames(labels);
  const originX = originOf(calibration, size).x;
  const perPixel = 1 / pixelsPerUnit(calibration);
  return profiles
    .flatMap(({ objectId, upperEdge, lowerEdge, fraction }) =>
      Array.from(upperEdge, (upper, column) =>
        csvRow([
          frameIndex,
          timeSec,
          nameOf(objectId),
          column,
          (column + 0.5 - originX) * perPixel,
          toUserHeight(upper, calibration, size),
          toUserHeight(lowerEdge[column]!, calibration, size),
          fraction[column]!,
        ]),
      ),
    )
    .join('');
}
