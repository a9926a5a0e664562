/** The frame rate of what was filmed, where the file does not say it. */
import { useMaskflow } from '../hooks/useMaskflow';
import { measureText } from '../text/measureText';
import { formatRate } from '../timeline/timeFormat';
import { NumberField } from './NumberField';

export function FrameRatePart() {
  const frameRate = useMaskflow((state) => state.calibration.frameRate);
  const ownRate = useMaskflow((state) => state.footage?.frameRate ?? null);
  const setCalibration = useMaskflow((state) => state.setCalibration);
  return (
    <div className="measure-part">
      <NumberField
        label={measureText.frameRate}
        tip={measureText.frameRateTip}
        value={frameRate}
        unit={measureText.frameRateUnit}
        placeholder={
          ownRate === null ? measureText.ownTimes : `${measureText.ownTimes}: ${formatRate(ownRate)}`
        }
        min={0}
        isAboveMin
        canBeEmpty
        onChange={(rate) => setCalibration({ frameRate: rate })}
      />
    </div>
  );
}
