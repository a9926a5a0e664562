/** Where the clip is now. */
import { timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { FrameSlider } from './FrameSlider';
import { formatClock } from './timeFormat';
import { frameMiddlePx, frameToPx, type TimelineScale } from './timelineScale';

type PlayheadProps = { table: FrameTable; scale: TimelineScale };

/** Narrower cells are covered by the playhead itself. */
const shadedCellPx = 8;

export function Playhead({ table, scale }: PlayheadProps) {
  const frame = useMaskflow((state) => state.currentFrame);
  const seek = useMaskflow((state) => state.seek);
  const px = frameMiddlePx(scale, frame);
  const time = formatClock(timestampOfFrame(table, Math.min(frame, scale.frameCount - 1)));
  const isInView = px >= -1 && px <= scale.widthPx + 1;
  return (
    <>
      {scale.pxPerFrame >= shadedCellPx ? (
        <div
          className="current-cell"
          style={{ left: frameToPx(scale, frame), width: scale.pxPerFrame }}
          aria-hidden="true"
        />
      ) : null}
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
    </>
  );
}
