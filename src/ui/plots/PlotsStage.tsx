/** The plots over one another, with the playhead over them: pressed to seek, hovered to read. */
import { useRef, useState, type PointerEvent } from 'react';
import type { FrameTable } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { frameMiddlePx, pxToFrame } from '../timeline/timelineScale';
import { useDrag } from '../timeline/useDrag';
import type { TimelineView } from '../timeline/useTimelineScale';
import { useWheelView } from '../timeline/useWheelView';
import { PlotChart } from './PlotChart';
import { PlotTip } from './PlotTip';
import type { Plot, PlotAxis } from './plotModel';
import type { PlotPointer } from './plotPointer';
import { usePlotHeight } from './usePlotHeight';

type PlotsStageProps = {
  readonly plots: readonly Plot[];
  readonly view: TimelineView;
  readonly axis: PlotAxis;
  readonly table: FrameTable;
};

export function PlotsStage({ plots, view, axis, table }: PlotsStageProps) {
  const { scale } = view;
  const seek = useMaskflow((state) => state.seek);
  const bodyRef = useRef<HTMLDivElement>(null);
  const areaRef = useRef<HTMLDivElement>(null);
  const playheadRef = useRef<HTMLDivElement>(null);
  const [pointer, setPointer] = useState<PlotPointer | null>(null);
  const heightPx = usePlotHeight(bodyRef, plots.length);
  useWheelView(areaRef, view);
  useWithoutRender(
    (state) => state.currentFrame,
    (frame) => {
      const px = frameMiddlePx(scale, frame);
      playheadRef.current?.style.setProperty('transform', `translateX(${px}px)`);
      playheadRef.current?.classList.toggle('is-out-of-view', px < -1 || px > scale.widthPx + 1);
    },
  );
  const frameAt = (clientX: number): number =>
    pxToFrame(scale, clientX - (areaRef.current?.getBoundingClientRect().left ?? 0));
  const seekTo = (clientX: number): void => seek(frameAt(clientX));
  const scrub = useDrag({ onPress: seekTo, onMove: seekTo });
  function hover({ clientX, clientY }: PointerEvent): void {
    const y = clientY - (areaRef.current?.getBoundingClientRect().top ?? 0);
    const plotIndex = Math.min(Math.max(Math.floor(y / heightPx), 0), plots.length - 1);
    setPointer({ frame: frameAt(clientX), plotIndex, clientX, clientY });
  }
  const hovered = pointer ? plots[pointer.plotIndex] : undefined;
  return (
    <div className="plots-body" ref={bodyRef}>
      <div className="plots-rows">
        {plots.map((plot) => (
          <PlotChart key={plot.id} {...{ plot, scale, axis, table, heightPx }} />
        ))}
        <div
          ref={areaRef}
          className="plots-area"
          style={{ width: scale.widthPx }}
          data-testid="plots-area"
          {...scrub}
          onPointerMove={(event) => {
            hover(event);
            scrub.onPointerMove(event);
          }}
          onPointerLeave={() => setPointer(null)}
        >
          {pointer ? (
            <div
              className="plots-hover"
              style={{ transform: `translateX(${frameMiddlePx(scale, pointer.frame)}px)` }}
            />
          ) : null}
          <div ref={playheadRef} className="plots-playhead" />
        </div>
      </div>
      {pointer && hovered ? <PlotTip pointer={pointer} plot={hovered} table={table} /> : null}
    </div>
  );
}
