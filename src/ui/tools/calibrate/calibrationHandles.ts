/** The places of a calibration that can be taken and dragged, and the calibration after one of them was. */
import { assertNever } from '../../../core/base/assert';
import { clampPoint, type Point, type Size } from '../../../core/geometry/box';
import { originOf, UNKNOWN_UNIT, type Calibration } from '../../../core/measure/calibration';
import { handlePlaces, movedBox, resizedBox, type BoxHandle } from '../gesture/boxHandles';
import { placedPoint } from '../gesture/movingPrompt';
import { snappedAngle, snappedTo } from './snapping';

export type CalibrationHandle =
  | { readonly kind: 'scaleFrom' | 'scaleTo' | 'origin' | 'axis' | 'regionBody' }
  | { readonly kind: 'regionSide'; readonly side: BoxHandle }
  | { readonly kind: 'corner'; readonly index: number };

export type PlacedHandle = { readonly handle: CalibrationHandle; readonly at: Point };

/** How far from the origin the handle of the x axis is, in stage pixels. */
export const AXIS_PX = 84;

/** All that can be dragged by a point, in source pixels; what comes last lies on top. The axes only where they are on show. */
export function calibrationHandles(
  calibration: Calibration,
  picture: Size,
  scale: number,
  hasAxes: boolean,
): PlacedHandle[] {
  const { scale: line, region } = calibration;
  const places: PlacedHandle[] = [];
  if (region?.kind === 'box') {
    for (const { handle, x, y } of handlePlaces(region.box, scale)) {
      places.push({ handle: { kind: 'regionSide', side: handle }, at: { x, y } });
    }
  }
  if (region?.kind === 'polygon') {
    region.points.forEach((at, index) => places.push({ handle: { kind: 'corner', index }, at }));
  }
  if (hasAxes) {
    places.push({ handle: { kind: 'axis' }, at: axisTip(calibration, picture, scale) });
    places.push({ handle: { kind: 'origin' }, at: originOf(calibration, picture) });
  }
  if (line) {
    places.push(
      { handle: { kind: 'scaleFrom' }, at: line.from },
      { handle: { kind: 'scaleTo' }, at: line.to },
    );
  }
  return places;
}

/** Where the arrow of the x axis ends, in source pixels. */
export function axisTip(calibration: Calibration, picture: Size, scale: number): Point {
  const origin = originOf(calibration, picture);
  const angle = (calibration.angleDeg * Math.PI) / 180;
  const length = AXIS_PX / scale;
  return { x: origin.x + Math.cos(angle) * length, y: origin.y - Math.sin(angle) * length };
}

export type HandleDrag = {
  /** The calibration as it was when the pointer went down. */
  readonly original: Calibration;
  /** Source pixels. */
  readonly from: Point;
  readonly to: Point;
  readonly picture: Size;
  /** With Shift lines and axes keep to round angles. */
  readonly isSnapping: boolean;
};

/** What a drag of a handle changes. */
export function draggedHandle(
  handle: CalibrationHandle,
  { original, from, to, picture, isSnapping }: HandleDrag,
): Partial<Calibration> {
  const { scale: line, region } = original;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  switch (handle.kind) {
    case 'scaleFrom':
      return line
        ? { scale: withEnds(line, placedPoint(isSnapping ? snappedTo(line.to, to) : to, picture), line.to) }
        : {};
    case 'scaleTo':
      return line
        ? {
            scale: withEnds(
              line,
              line.from,
              placedPoint(isSnapping ? snappedTo(line.from, to) : to, picture),
            ),
          }
        : {};
    case 'origin':
      return { origin: placedPoint(to, picture) };
    case 'axis':
      return { angleDeg: angleTo(originOf(original, picture), to, isSnapping) };
    case 'regionBody':
      return region?.kind === 'box'
        ? { region: { kind: 'box', box: movedBox(region.box, dx, dy, picture) } }
        : {};
    case 'regionSide':
      return region?.kind === 'box'
        ? { region: { kind: 'box', box: resizedBox(region.box, handle.side, dx, dy, picture) } }
        : {};
    case 'corner':
      return region?.kind === 'polygon'
        ? {
            region: {
              kind: 'polygon',
              points: region.points.with(handle.index, placedPoint(clampPoint(to, picture), picture)),
            },
          }
        : {};
    default:
      return assertNever(handle);
  }
}

type Line = NonNullable<Calibration['scale']>;

/** The line between two places. A length that the user told stays; one in pixels is the line's own. */
export function withEnds(line: Pick<Line, 'length' | 'unit'>, from: Point, to: Point): Line {
  const lengthPx = Math.hypot(to.x - from.x, to.y - from.y);
  const length = line.unit === UNKNOWN_UNIT ? Math.max(lengthPx, 0.1) : line.length;
  return { from, to, length, unit: line.unit };
}

/** Degrees from the picture's rows, counter-clockwise as seen, in tenths. */
export function angleTo(origin: Point, to: Point, isSnapping: boolean): number {
  const degrees = (Math.atan2(origin.y - to.y, to.x - origin.x) * 180) / Math.PI;
  const rounded = Math.round((isSnapping ? snappedAngle(degrees) : degrees) * 10) / 10;
  return rounded === -180 ? 180 : rounded === 0 ? 0 : rounded;
}
