/** Loads what measuring draws over the picture, once there is something to draw. */
import { lazy, Suspense } from 'react';
import type { Size } from '../../../core/geometry/box';
import { lengthUnit } from '../../../core/measure/calibration';
import type { ViewTransform } from '../../../state/maskflowState';
import { useMaskflow } from '../../hooks/useMaskflow';
import { isCalibrationShown } from '../../tools/calibrate/calibrationShown';

const MeasureOverlay = lazy(() =>
  import('./MeasureOverlay').then((module) => ({ default: module.MeasureOverlay })),
);

type MeasureOverlaySlotProps = {
  readonly view: ViewTransform;
  readonly stage: Size;
  readonly picture: Size;
};

export function MeasureOverlaySlot(props: MeasureOverlaySlotProps) {
  const isShown = useMaskflow(
    (state) => (isCalibrationShown(state) || lengthUnit(state.calibration) !== 'px') && !state.isBareFrame,
  );
  return isShown ? (
    <Suspense fallback={null}>
      <MeasureOverlay {...props} />
    </Suspense>
  ) : null;
}
