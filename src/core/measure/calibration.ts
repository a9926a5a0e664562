/** What turns pixels and frames into lengths and times: scale, axes, frame rate, and the region that is measured. */
import { assert } from '../base/assert';
import type { Box, Point, Size } from '../geometry/box';
import type { FrameTable } from '../video/frameTable';
import type { UnitKind } from './quantities';

/** A line drawn over the picture along something whose length is known. Points in source pixels. */
export type ScaleLine = {
  readonly from: Point;
  readonly to: Point;
  /** In `unit`, above 0. */
  readonly length: number;
  /** As the user writes it: `mm`, `µm`, `diameter`. */
  readonly unit: string;
};

/** What is measured, in source pixels; pixels count whose centre lies inside. */
export type MeasuredRegion =
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'polygon'; readonly points: readonly Point[] };

export type Calibration = {
  /** Null leaves lengths in pixels. */
  readonly scale: ScaleLine | null;
  /** Source pixels; null is the picture's lower left corner while y points up, the upper left one otherwise. */
  readonly origin: Point | null;
  readonly yAxis: 'up' | 'down';
  /** How far the x axis is turned from the picture's rows, counter-clockwise as seen. Degrees. */
  readonly angleDeg: number;
  /** Frames per second of what was filmed, where the file's own times do not say it; null keeps those times. */
  readonly frameRate: number | null;
  /** Null measures the whole picture. */
  readonly region: MeasuredRegion | null;
  /** Whether pixels of locked regions are left out. Those of void regions always are. */
  readonly isLockedExcluded: boolean;
};

/** Pixels, upper left origin, y down, the file's own times, the whole picture. */
export const plainCalibration: Calibration = {
  scale: null,
  origin: null,
  yAxis: 'down',
  angleDeg: 0,
  frameRate: null,
  region: null,
  isLockedExcluded: true,
};

/** The unit of a line whose length nobody has told yet. */
export const UNKNOWN_UNIT = 'px';

/** Whether a line can be a scale: two places, a length above 0 and a unit other than pixels. */
export function isUsableScale({ from, to, length, unit }: ScaleLine): boolean {
  const lengthPx = Math.hypot(to.x - from.x, to.y - from.y);
  const isUnit = unit.trim() !== '' && unit.trim() !== UNKNOWN_UNIT;
  return lengthPx > 0 && Number.isFinite(lengthPx) && length > 0 && Number.isFinite(length) && isUnit;
}

/** Pixels to one unit of length; 1 without a usable scale. */
export function pixelsPerUnit({ scale }: Pick<Calibration, 'scale'>): number {
  return scale && isUsableScale(scale)
    ? Math.hypot(scale.to.x - scale.from.x, scale.to.y - scale.from.y) / scale.length
    : 1;
}

/** The unit of lengths: the user's, or `px`. */
export function lengthUnit({ scale }: Pick<Calibration, 'scale'>): string {
  return scale && isUsableScale(scale) ? scale.unit.trim() : 'px';
}

/** The unit of a kind of value, `mm²` and `mm/s` and the like; empty for plain numbers. */
export function unitOf(kind: UnitKind, calibration: Pick<Calibration, 'scale'>): string {
  const length = lengthUnit(calibration);
  const units: { readonly [unit in UnitKind]: string } = {
    length,
    area: `${length}²`,
    speed: `${length}/s`,
    areaRate: `${length}²/s`,
    angle: '°',
    count: '',
    intensity: '',
    ratio: '',
  };
  return units[kind];
}

/** What one pixel (pixel squared, pixel per second ...) is in the kind's unit; 1 for what has no length in it. */
export function unitFactor(kind: UnitKind, calibration: Pick<Calibration, 'scale'>): number {
  const perPixel = 1 / pixelsPerUnit(calibration);
  const factors: { readonly [unit in UnitKind]: number } = {
    length: perPixel,
    area: perPixel ** 2,
    speed: perPixel,
    areaRate: perPixel ** 2,
    angle: 1,
    count: 1,
    intensity: 1,
    ratio: 1,
  };
  return factors[kind];
}

/** Where the axes begin, in source pixels. */
export function originOf({ origin, yAxis }: Pick<Calibration, 'origin' | 'yAxis'>, size: Size): Point {
  return origin ?? { x: 0, y: yAxis === 'up' ? size.height : 0 };
}

/** A direction or difference in source pixels as one along the user's axes, still in pixels. */
export function alongAxes(
  vector: Point,
  { yAxis, angleDeg }: Pick<Calibration, 'yAxis' | 'angleDeg'>,
): Point {
  const angle = (angleDeg * Math.PI) / 180;
  // Counter-clockwise as seen, in a picture whose y points down.
  const x = vector.x * Math.cos(angle) - vector.y * Math.sin(angle);
  const down = vector.x * Math.sin(angle) + vector.y * Math.cos(angle);
  return { x, y: yAxis === 'up' ? -down : down };
}

/** A place in source pixels in the user's axes and unit. */
export function toUserPoint(point: Point, calibration: Calibration, size: Size): Point {
  const origin = originOf(calibration, size);
  const along = alongAxes({ x: point.x - origin.x, y: point.y - origin.y }, calibration);
  const perPixel = 1 / pixelsPerUnit(calibration);
  return { x: along.x * perPixel, y: along.y * perPixel };
}

/**
 * A height on the picture's own columns (source pixels from the top) in the user's unit, from the origin in the
 * direction of y. Axes that are turned do not turn it.
 */
export function toUserHeight(y: number, calibration: Calibration, size: Size): number {
  const down = (y - originOf(calibration, size).y) / pixelsPerUnit(calibration);
  return calibration.yAxis === 'up' ? -down : down;
}

/** Seconds from the first frame of the footage to a frame. */
export function timeOfFrame(
  frameTable: FrameTable,
  frameIndex: number,
  { frameRate }: Pick<Calibration, 'frameRate'>,
): number {
  const time = frameRate === null ? frameTable.timestampsSec[frameIndex] : frameIndex / frameRate;
  assert(time !== undefined, `no frame ${frameIndex} in a table of ${frameTable.timestampsSec.length}`);
  return time;
}
