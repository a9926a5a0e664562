/** Turns what was measured in pixels into the quantities of one label or pair on one frame, in the user's units. */
import { assertNever } from '../base/assert';
import type { Size } from '../geometry/box';
import {
  alongAxes,
  originOf,
  pixelsPerUnit,
  toUserHeight,
  toUserPoint,
  unitFactor,
  type Calibration,
} from './calibration';
import type { LabelValues, PairValues } from './frameMeasurement';
import { quantities, type QuantityId } from './quantities';

/** Quantities that need other frames, too. */
export type MotionQuantity = 'areaRate' | 'speed' | 'velocityX' | 'velocityY';
export type PairQuantity = 'contactLength' | 'overlapArea' | 'distance';
export type LabelQuantity = Exclude<QuantityId, MotionQuantity | PairQuantity>;

export type Conversion = { readonly calibration: Calibration; readonly size: Size };

/** `measuredAreaPx` is the frame's whole measured region. NaN for "not defined". */
export function labelQuantity(
  id: LabelQuantity,
  values: LabelValues,
  measuredAreaPx: number,
  { calibration, size }: Conversion,
): number {
  const factor = unitFactor(quantities[id].unit, calibration);
  switch (id) {
    case 'area':
    case 'perimeter':
    case 'freePerimeter':
    case 'pieces':
    case 'holes':
    case 'columnFractionMean':
    case 'mixingWidth':
    case 'mixingWidth99':
      return values[id] * factor;
    case 'areaFraction':
      return values.area / measuredAreaPx;
    case 'equivalentDiameter':
      return Math.sqrt((4 * values.area) / Math.PI) * factor;
    case 'centroidX':
      return toUserPoint({ x: values.centroidX, y: values.centroidY }, calibration, size).x;
    case 'centroidY':
      return toUserPoint({ x: values.centroidX, y: values.centroidY }, calibration, size).y;
    case 'boxLeft':
      return (values.boxX0 - originOf(calibration, size).x) / pixelsPerUnit(calibration);
    case 'boxTop':
      return toUserHeight(values.boxY0, calibration, size);
    case 'boxWidth':
      return (values.boxX1 - values.boxX0) * factor;
    case 'boxHeight':
      return (values.boxY1 - values.boxY0) * factor;
    case 'majorAxis':
    case 'minorAxis':
    case 'orientation':
    case 'elongation':
    case 'eccentricity':
      return ellipseQuantity(id, values, calibration);
    case 'meanRed':
      return values.red;
    case 'meanGreen':
      return values.green;
    case 'meanBlue':
      return values.blue;
    case 'meanLuminance':
      return values.luminance;
    case 'upperEdgeMean':
    case 'lowerEdgeMean':
      return toUserHeight(values[id], calibration, size);
    case 'upperEdgeMin':
    case 'upperEdgeMax':
    case 'lowerEdgeMin':
    case 'lowerEdgeMax':
      return edgeExtreme(id, values, { calibration, size });
    default:
      return assertNever(id);
  }
}

/** The axis that points up makes the least row the largest height. */
function edgeExtreme(
  id: 'upperEdgeMin' | 'upperEdgeMax' | 'lowerEdgeMin' | 'lowerEdgeMax',
  values: LabelValues,
  { calibration, size }: Conversion,
): number {
  const [min, max] = id.startsWith('upper')
    ? [values.upperEdgeMin, values.upperEdgeMax]
    : [values.lowerEdgeMin, values.lowerEdgeMax];
  const isLeast = id.endsWith('Min') !== (calibration.yAxis === 'up');
  return toUserHeight(isLeast ? min : max, calibration, size);
}

/** Moments closer than this to those of a disc have no longest axis: it would be noise of the last digits. */
const ROUND = 1e-9;

/** The ellipse with the same second moments (of the pixels' centres, as in scikit-image's regionprops). */
function ellipseQuantity(
  id: 'majorAxis' | 'minorAxis' | 'orientation' | 'elongation' | 'eccentricity',
  { varXX, varXY, varYY }: LabelValues,
  calibration: Calibration,
): number {
  const middle = (varXX + varYY) / 2;
  const half = Math.hypot((varXX - varYY) / 2, varXY);
  const large = middle + half;
  const small = Math.max(0, middle - half);
  const factor = unitFactor('length', calibration);
  switch (id) {
    case 'majorAxis':
      return 4 * Math.sqrt(large) * factor;
    case 'minorAxis':
      return 4 * Math.sqrt(small) * factor;
    case 'orientation': {
      if (!(half > ROUND * large)) {
        return Number.NaN;
      }
      const angle = Math.atan2(2 * varXY, varXX - varYY) / 2;
      const axis = alongAxes({ x: Math.cos(angle), y: Math.sin(angle) }, calibration);
      return halfTurn((Math.atan2(axis.y, axis.x) * 180) / Math.PI);
    }
    case 'elongation':
      return small > ROUND * large ? Math.sqrt(large / small) : Number.NaN;
    case 'eccentricity':
      return large > 0 ? Math.sqrt(1 - small / large) : Number.NaN;
    default:
      return assertNever(id);
  }
}

/** An axis has no front: its angle, above -90 and up to 90 degrees. */
function halfTurn(degrees: number): number {
  const rounded = degrees > 90 ? degrees - 180 : degrees <= -90 ? degrees + 180 : degrees;
  return rounded === 0 ? 0 : rounded;
}

export function pairQuantity(id: PairQuantity, values: PairValues, calibration: Calibration): number {
  return values[id] * unitFactor(quantities[id].unit, calibration);
}

/** Bounds of the quantities that have some, in the user's unit. */
export function boundsOf(
  id: QuantityId,
  values: LabelValues | PairValues,
  measuredAreaPx: number,
  calibration: Calibration,
): { readonly lower: number; readonly upper: number } {
  const factor = id === 'areaFraction' ? 1 / measuredAreaPx : unitFactor(quantities[id].unit, calibration);
  return 'overlapArea' in values
    ? { lower: values.overlapLower * factor, upper: values.overlapUpper * factor }
    : { lower: values.areaLower * factor, upper: values.areaUpper * factor };
}
