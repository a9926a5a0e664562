/** How large a mask is at three probabilities: bounds of its area. */
import { useMemo } from 'react';
import { countText } from '../../core/base/numberText';
import { areasAtThresholds } from '../../core/track/maskAtThreshold';
import type { FrameMask } from '../../core/track/maskTrack';
import { useMaskflow } from '../hooks/useMaskflow';
import { useSettled } from '../hooks/useSettled';
import { InfoTip } from '../shell/InfoTip';
import { thresholdText } from '../text';

const boundProbabilities = [0.3, 0.5, 0.7];

/** Long enough for the mask to be on the screen, too short to be noticed. */
const REST_MS = 100;

type ThresholdAreasProps = { mask: FrameMask };

export function ThresholdAreas({ mask }: ThresholdAreasProps) {
  // Counting pixels takes longer than drawing the mask: it must delay neither a click's mask nor playback.
  const isPlaying = useMaskflow((state) => state.isPlaying);
  const settled = useSettled(mask, REST_MS);
  const areas = useMemo(
    () => (isPlaying || !settled ? null : areasAtThresholds(settled, boundProbabilities)),
    [settled, isPlaying],
  );
  return (
    <p className="threshold-areas">
      <InfoTip tip={thresholdText.areas}>Area at p {boundProbabilities.join(' / ')}:</InfoTip>{' '}
      <output>{areas ? `${areas.map(countText).join(' / ')} px` : '–'}</output>
    </p>
  );
}
