/** The position in words: time, frame, rate. */
import { frameCount, timestampOfFrame } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { useMaskflow } from '../hooks/useMaskflow';
import { formatClock, formatRate } from './timeFormat';

type TimeReadoutProps = { footage: FootageInfo };

export function TimeReadout({ footage }: TimeReadoutProps) {
  const frame = useMaskflow((state) => state.currentFrame);
  const { frameTable, frameRate } = footage;
  const rate = frameRate === null ? 'variable rate' : `${formatRate(frameRate)} fps`;
  return (
    <span className="time-readout" title="Frames count from 0, as the exported files do">
      {formatClock(timestampOfFrame(frameTable, frame))} · frame {frame} / {frameCount(frameTable) - 1} ·{' '}
      {rate}
    </span>
  );
}
