/** The whole clip below the lanes, with the part on show as a window that can be dragged. */
import { useRef } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { useWithoutRender } from '../hooks/useWithoutRender';
import { timelineText } from '../text/timelineText';
import { MinimapCanvas } from './MinimapCanvas';
import { MoreLanes } from './MoreLanes';
import { minimapKeyStep } from './sliderKeys';
import { useDrag } from './useDrag';
import type { TimelineView } from './useTimelineScale';

type MinimapProps = { readonly view: TimelineView };

export function Minimap({ view }: MinimapProps) {
  const { scale, moveTo } = view;
  const { frameCount, widthPx, firstFrame } = scale;
  const mapRef = useRef<HTMLDivElement>(null);
  const grabbed = useRef(0);
  const inView = Math.min(widthPx / scale.pxPerFrame, frameCount);
  const leftShare = firstFrame / frameCount;
  const widthShare = inView / frameCount;

  function frameAt(clientX: number): number {
    const left = mapRef.current?.getBoundingClientRect().left ?? 0;
    return ((clientX - left) / Math.max(widthPx, 1)) * frameCount;
  }
  const drag = useDrag({
    onPress: (clientX) => {
      const frame = frameAt(clientX);
      const isOnWindow = frame >= firstFrame && frame <= firstFrame + inView;
      // Pressed beside the window, its middle comes here.
      grabbed.current = isOnWindow ? frame - firstFrame : inView / 2;
      moveTo(frame - grabbed.current);
    },
    onMove: (clientX) => moveTo(frameAt(clientX) - grabbed.current),
  });
  const last = Math.max(Math.round(frameCount - inView), 0);
  return (
    <div className="minimap-row">
      <div className="minimap-name">
        <span className="muted">{timelineText.wholeClip}</span>
        <MoreLanes />
      </div>
      <div className="minimap" ref={mapRef} style={{ width: widthPx }} {...drag}>
        <MinimapCanvas widthPx={widthPx} frameCount={frameCount} />
        <OutsideRange frameCount={frameCount} />
        <div
          className="minimap-window"
          style={{ left: `${leftShare * 100}%`, width: `max(${widthShare * 100}%, 6px)` }}
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no HTML element is a window over a map
          role="scrollbar"
          tabIndex={0}
          aria-label={timelineText.window}
          aria-controls="timeline-tracks"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={Math.min(Math.round(firstFrame), last)}
          aria-valuetext={timelineText.windowFrames
            .replace('{first}', String(Math.round(firstFrame)))
            .replace('{last}', String(Math.max(Math.round(firstFrame + inView) - 1, 0)))}
          onKeyDown={(event) => {
            const step = minimapKeyStep(event.key, inView, frameCount);
            if (step !== null && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
              event.preventDefault();
              event.stopPropagation();
              moveTo(firstFrame + step);
            }
          }}
        />
        <MinimapPlayhead frameCount={frameCount} />
      </div>
    </div>
  );
}

function OutsideRange({ frameCount }: { readonly frameCount: number }) {
  const { inFrame, outFrame } = useMaskflow((state) => state.range);
  const left = (inFrame / frameCount) * 100;
  const right = 100 - ((outFrame + 1) / frameCount) * 100;
  return (
    <>
      <div className="minimap-outside" style={{ left: 0, width: `${left}%` }} />
      <div className="minimap-outside" style={{ right: 0, width: `${right}%` }} />
    </>
  );
}

function MinimapPlayhead({ frameCount }: { readonly frameCount: number }) {
  const railRef = useRef<HTMLDivElement>(null);
  // The rail is as long as the map, so that moving it by a share of itself needs no layout.
  useWithoutRender(
    (state) => state.currentFrame,
    (frame) => {
      railRef.current?.style.setProperty('transform', `translateX(${((frame + 0.5) / frameCount) * 100}%)`);
    },
  );
  return (
    <div className="minimap-rail" ref={railRef}>
      <div className="minimap-playhead" />
    </div>
  );
}
