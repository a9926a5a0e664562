/** The position in words: time, frame, rate. */
import { useRef } from 'react';
import { frameCount, timestampOfFrame } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { formatClock, formatRate } from './timeFormat';

type TimeReadoutProps = { footage: FootageInfo };

export function TimeReadout({ footage }: TimeReadoutProps) {
  const textRef = useRef<HTMLSpanElement>(null);
  const { frameTable, frameRate } = footage;
  const rate = frameRate === null ? 'variable rate' : `${formatRate(frameRate)} fps`;
  useWithoutRender(
    (state) => Math.min(state.currentFrame, frameCount(frameTable) - 1),
    (frame) => {
      if (textRef.current) {
        const time = formatClock(timestampOfFrame(frameTable, frame));
        textRef.current.textContent = `${time} · frame ${frame} / ${frameCount(frameTable) - 1} · ${rate}`;
      }
    },
  );
  return (
    <span ref={textRef} className="time-readout" title="Frames count from 0, as the exported files do" />
  );
}
