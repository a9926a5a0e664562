/** Where the clip is now. */
import { timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { FrameSlider } from './FrameSlider';
import { formatClock } from './timeFormat';
import { frameToPx, type TimelineScale } from './timelineScale';

type PlayheadProps = { table: FrameTable; scale: TimelineScale };

export function Playhead({ table, scale }: PlayheadProps) {
  const frame = useMaskflow((state) => state.currentFrame);
  const seek = useMaskflow((state) => state.seek);
  const px = frameToPx(scale, frame + 0.5);
  const time = formatClock(timestampOfFrame(table, Math.min(frame, scale.frameCount - 1)));
  const isInView = px >= -1 && px <= scale.widthPx + 1;
  return (
    <FrameSlider
      className={`playhead ${isInView ? '' : 'is-out-of-view'}`}
      label="Playhead"
      frame={frame}
      lastFrame={scale.frameCount - 1}
      valueText={`frame ${frame} of ${scale.frameCount}, ${time}`}
      px={px}
      onFrame={seek}
      pxPerFrame={scale.pxPerFrame}
    >
      <span className="playhead-knob" />
    </FrameSlider>
  );
}
