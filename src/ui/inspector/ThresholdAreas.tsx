/** How large a mask is at three probabilities: bounds of its area. */
import { useMemo } from 'react';
import { areasAtThresholds } from '../../core/track/maskAtThreshold';
import type { FrameMask } from '../../core/track/maskTrack';
import { useMaskflow } from '../hooks/useMaskflow';
import { InfoTip } from '../shell/InfoTip';
import { thresholdText } from '../text';

const boundProbabilities = [0.3, 0.5, 0.7];

type ThresholdAreasProps = { mask: FrameMask };

export function ThresholdAreas({ mask }: ThresholdAreasProps) {
  // Counting pixels on every frame would slow playback, and nobody reads them there.
  const isPlaying = useMaskflow((state) => state.isPlaying);
  const areas = useMemo(
    () => (isPlaying ? null : areasAtThresholds(mask, boundProbabilities)),
    [mask, isPlaying],
  );
  return (
    <p className="threshold-areas">
      <InfoTip tip={thresholdText.areas}>Area at p {boundProbabilities.join(' / ')}:</InfoTip>{' '}
      <output>{areas ? `${areas.map((area) => area.toLocaleString('en-US')).join(' / ')} px` : '–'}</output>
    </p>
  );
}
