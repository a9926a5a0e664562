/** Ruler, pictures, lanes, range and playhead over one another on one scale, and the whole clip below. */
import { lazy, Suspense, useEffect, useLayoutEffect, useRef, type PointerEvent } from 'react';
import type { FrameTable } from '../../core/video/frameTable';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { FilmstripRow } from '../filmstrip/FilmstripRow';
import { LaneEvents } from './LaneEvents';
import { LaneName } from './LaneName';
import { LaneTip, type LaneTipHandle } from './LaneTip';
import { LanesCanvas } from './LanesCanvas';
import { Minimap } from './Minimap';
import { Playhead } from './Playhead';
import { RangeStrip } from './RangeStrip';
import { Ruler } from './Ruler';
import { pxToFrame } from './timelineScale';
import { timelineViewChannel } from './timelineViewChannel';
import { useDrag } from './useDrag';
import { useTimelineScale } from './useTimelineScale';
import { useWheelView } from './useWheelView';
import { ZoomButtons } from './ZoomButtons';

const ScoreLanes = lazy(() =>
  import('../compare/ScoreLanes').then((module) => ({ default: module.ScoreLanes })),
);

type TimelineTracksProps = { table: FrameTable; frameCount: number };

export function TimelineTracks({ table, frameCount }: TimelineTracksProps) {
  const { store } = useApp();
  const labels = useMaskflow((state) => state.labels);
  const hasScores = useMaskflow((state) => state.comparisonScores.size > 0);
  const seek = useMaskflow((state) => state.seek);
  const areaRef = useRef<HTMLDivElement>(null);
  const lanesRef = useRef<HTMLDivElement>(null);
  const frameRef = useRef<HTMLDivElement>(null);
  const tip = useRef<LaneTipHandle>(null);
  const view = useTimelineScale(frameCount);
  const { scale, measure, reveal } = view;
  useWheelView(areaRef, view);
  useLayoutEffect(() => {
    timelineViewChannel.set(store, view);
    return () => timelineViewChannel.set(store, null);
  }, [store, view]);
  // Not through React: the lanes need not render anew for each frame that is passed.
  useEffect(() => {
    reveal(store.getState().currentFrame);
    return store.subscribe((state, previous) => {
      if (state.currentFrame !== previous.currentFrame) {
        reveal(state.currentFrame);
      }
    });
  }, [store, reveal]);
  function frameAt(clientX: number): number {
    return pxToFrame(scale, clientX - (areaRef.current?.getBoundingClientRect().left ?? 0));
  }
  const seekTo = (clientX: number): void => seek(frameAt(clientX));
  const scrub = useDrag({ onPress: seekTo, onMove: seekTo });
  function hover({ clientX, clientY }: PointerEvent): void {
    const lanes = lanesRef.current?.getBoundingClientRect();
    const laneY = clientY - (lanes?.top ?? 0);
    const isOver = lanes !== undefined && laneY >= 0 && clientY < lanes.bottom;
    tip.current?.show(isOver ? { frame: frameAt(clientX), laneY, clientX, clientY } : null);
  }
  return (
    <div className="tracks-frame" ref={frameRef}>
      <div className="tracks" id="timeline-tracks">
        <ZoomButtons view={view} />
        <FilmstripRow scale={scale} frameRef={frameRef} />
        <div className="lanes-scroll">
          <div className="lane-names" ref={lanesRef}>
            {labels.map((label) => (
              <LaneName key={label.objectId} label={label} frameCount={frameCount} />
            ))}
          </div>
          <div className="lanes-area" ref={measure}>
            <LanesCanvas scale={scale} />
            <LaneEvents scale={scale} />
          </div>
          {hasScores ? (
            <Suspense fallback={null}>
              <ScoreLanes scale={scale} />
            </Suspense>
          ) : null}
        </div>
        <div
          className="tracks-overlay"
          ref={areaRef}
          style={{ width: scale.widthPx }}
          {...scrub}
          onPointerMove={(event) => {
            hover(event);
            scrub.onPointerMove(event);
          }}
          onPointerLeave={() => tip.current?.show(null)}
        >
          <Ruler table={table} scale={scale} />
          <RangeStrip scale={scale} />
          <Playhead table={table} scale={scale} />
        </div>
        <LaneTip ref={tip} />
      </div>
      <Minimap view={view} />
    </div>
  );
}
