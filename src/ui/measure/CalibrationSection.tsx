/** Scale, axes, frame rate and region, each drawn on the picture or typed. */
import { valueText } from '../../core/base/numberText';
import { lengthUnit, pixelsPerUnit } from '../../core/measure/calibration';
import { useMaskflow } from '../hooks/useMaskflow';
import { InspectorSection } from '../inspector/InspectorSection';
import { measureText } from '../text/measureText';
import { filled } from '../text/projectText';
import { AxesPart } from './AxesPart';
import { FrameRatePart } from './FrameRatePart';
import { RegionPart } from './RegionPart';
import { ScalePart } from './ScalePart';

export function CalibrationSection() {
  const calibration = useMaskflow((state) => state.calibration);
  const unit = lengthUnit(calibration);
  return (
    <InspectorSection id="calibration" title={measureText.calibration} tip={measureText.calibrationTip}>
      <p className={unit === 'px' ? 'muted' : ''}>
        {unit === 'px'
          ? measureText.notCalibrated
          : filled(measureText.calibrated, { unit, px: valueText(pixelsPerUnit(calibration)) })}
      </p>
      <ScalePart />
      <AxesPart />
      <RegionPart />
      <FrameRatePart />
    </InspectorSection>
  );
}
