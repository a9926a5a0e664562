/** The part of the clip that is worked on, between two handles; the rest is dimmed. */
import { useMaskflow } from '../hooks/useMaskflow';
import { FrameSlider } from './FrameSlider';
import { frameToPx, type TimelineScale } from './timelineScale';

type RangeStripProps = { scale: TimelineScale };

function clampedTo(scale: TimelineScale, px: number): number {
  return Math.min(Math.max(px, 0), scale.widthPx);
}

/** A handle that lies beyond the part on show must not be grabbed at its edge; by keyboard it can still be moved. */
function handleClass(side: 'is-in' | 'is-out', scale: TimelineScale, px: number): string {
  const isInView = px >= 0 && px <= scale.widthPx;
  return `range-handle ${side} ${isInView ? '' : 'is-beyond'}`;
}

export function RangeStrip({ scale }: RangeStripProps) {
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const setInFrame = useMaskflow((state) => state.setInFrame);
  const setOutFrame = useMaskflow((state) => state.setOutFrame);
  const lastFrame = scale.frameCount - 1;
  const inPx = frameToPx(scale, inFrame);
  const outPx = frameToPx(scale, outFrame + 1);
  const left = clampedTo(scale, inPx);
  const right = clampedTo(scale, outPx);
  return (
    <>
      <div className="outside-range" style={{ left: 0, width: left }} />
      <div className="outside-range" style={{ left: right, right: 0 }} />
      <div className="range-bar" style={{ left, width: Math.max(right - left, 0) }} />
      <FrameSlider
        className={handleClass('is-in', scale, inPx)}
        label="In point"
        frame={inFrame}
        lastFrame={lastFrame}
        valueText={`in point at frame ${inFrame}`}
        px={left}
        onFrame={(frame) => setInFrame(Math.min(frame, outFrame))}
        pxPerFrame={scale.pxPerFrame}
      />
      <FrameSlider
        className={handleClass('is-out', scale, outPx)}
        label="Out point"
        frame={outFrame}
        lastFrame={lastFrame}
        valueText={`out point at frame ${outFrame}`}
        px={right}
        onFrame={(frame) => setOutFrame(Math.max(frame, inFrame))}
        pxPerFrame={scale.pxPerFrame}
      />
    </>
  );
}
