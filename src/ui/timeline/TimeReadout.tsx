/** The position in words: time, frame, rate. */
import { useRef } from 'react';
import { frameCount, timestampOfFrame } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { useMaskflow } from '../hooks/useMaskflow';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { timelineText } from '../text/timelineText';
import { formatClock, formatRate } from './timeFormat';

type TimeReadoutProps = { footage: FootageInfo };

export function TimeReadout({ footage }: TimeReadoutProps) {
  const textRef = useRef<HTMLSpanElement>(null);
  const { frameTable, frameRate } = footage;
  const toldRate = useMaskflow((state) => state.calibration.frameRate);
  const rate =
    toldRate !== null
      ? timelineText.toldRate.replace('{rate}', formatRate(toldRate))
      : frameRate === null
        ? 'variable rate'
        : `${formatRate(frameRate)} fps`;
  useWithoutRender(
    (state) => Math.min(state.currentFrame, frameCount(frameTable) - 1),
    (frame) => {
      if (textRef.current) {
        const time =
          toldRate === null ? formatClock(timestampOfFrame(frameTable, frame)) : toldTime(frame, toldRate);
        textRef.current.textContent = `${time} · frame ${frame} / ${frameCount(frameTable) - 1} · ${rate}`;
      }
    },
  );
  return (
    <span ref={textRef} className="time-readout" title="Frames count from 0, as the exported files do" />
  );
}

/** Of a rate that may be that of high-speed film: as many digits as tell its frames apart. */
function toldTime(frame: number, framesPerSec: number): string {
  const digits = Math.min(9, Math.max(2, Math.ceil(Math.log10(framesPerSec)) + 1));
  return `${(frame / framesPerSec).toFixed(digits)} s`;
}
