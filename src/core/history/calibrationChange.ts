/** Says in words what changed in the calibration. */
import type { Calibration } from '../measure/calibration';

/** Null when nothing did. */
export function nameOfCalibrationChange(before: Calibration, after: Calibration): string | null {
  if (before === after) {
    return null;
  }
  if (before.scale !== after.scale) {
    return namedPart('scale line', before.scale, after.scale);
  }
  if (before.region !== after.region) {
    return namedPart('measured region', before.region, after.region);
  }
  if (before.origin !== after.origin || before.angleDeg !== after.angleDeg || before.yAxis !== after.yAxis) {
    return 'Change axes';
  }
  if (before.frameRate !== after.frameRate) {
    return 'Change frame rate of measurements';
  }
  return 'Change what is measured';
}

function namedPart(name: string, before: unknown, after: unknown): string {
  return `${before === null ? 'Add' : after === null ? 'Delete' : 'Change'} ${name}`;
}
