/** Where the clip is now. */
import { useRef } from 'react';
import { timestampOfFrame, type FrameTable } from '../../core/video/frameTable';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { formatClock } from './timeFormat';
import { frameMiddlePx, frameToPx, type TimelineScale } from './timelineScale';
import { useFrameHandle } from './useFrameHandle';

type PlayheadProps = { table: FrameTable; scale: TimelineScale };

/** Narrower cells are covered by the playhead itself. */
const shadedCellPx = 8;

export function Playhead({ table, scale }: PlayheadProps) {
  const { store } = useApp();
  const seek = useMaskflow((state) => state.seek);
  const handleRef = useRef<HTMLDivElement>(null);
  const cellRef = useRef<HTMLDivElement>(null);
  const lastFrame = scale.frameCount - 1;
  const handle = useFrameHandle({
    frameNow: () => store.getState().currentFrame,
    lastFrame,
    pxPerFrame: scale.pxPerFrame,
    onFrame: seek,
  });
  useWithoutRender(
    (state) => Math.min(state.currentFrame, lastFrame),
    (frame) => {
      if (handleRef.current) {
        showFrame(handleRef.current, frame, { table, scale });
      }
      cellRef.current?.style.setProperty('transform', `translateX(${frameToPx(scale, frame)}px)`);
    },
  );
  return (
    <>
      {scale.pxPerFrame >= shadedCellPx ? (
        <div ref={cellRef} className="current-cell" style={{ width: scale.pxPerFrame }} aria-hidden="true" />
      ) : null}
      <div
        {...handle}
        ref={handleRef}
        className="playhead"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/role-has-required-aria-props -- no HTML element moves over a track that is clicked elsewhere; its value is set with its place
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={0}
        aria-valuemax={lastFrame}
      >
        <span className="playhead-knob" />
      </div>
    </>
  );
}

/** Puts the handle where the frame is, and its value into words. */
function showFrame(handle: HTMLElement, frame: number, { table, scale }: PlayheadProps): void {
  const px = frameMiddlePx(scale, frame);
  const time = formatClock(timestampOfFrame(table, frame));
  handle.style.transform = `translateX(${px}px)`;
  handle.classList.toggle('is-out-of-view', px < -1 || px > scale.widthPx + 1);
  handle.setAttribute('aria-valuenow', String(frame));
  handle.setAttribute('aria-valuetext', `frame ${frame} of ${scale.frameCount}, ${time}`);
}
