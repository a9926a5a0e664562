/** Zooms the timeline around the playhead, for those without a wheel. */
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useApp } from '../hooks/useMaskflow';
import { IconButton } from '../shell/IconButton';
import { LaneLegend } from './LaneLegend';
import { frameMiddlePx } from './timelineScale';
import type { TimelineView } from './useTimelineScale';

type ZoomButtonsProps = { view: TimelineView };

export function ZoomButtons({ view }: ZoomButtonsProps) {
  const { store } = useApp();
  const zoom = (factor: number): void =>
    view.zoom(frameMiddlePx(view.scale, store.getState().currentFrame), factor);
  return (
    <div className="timeline-zoom">
      <IconButton label="Zoom the timeline out" onClick={() => zoom(1 / 1.6)}>
        <ZoomOut />
      </IconButton>
      <IconButton label="Zoom the timeline in" onClick={() => zoom(1.6)}>
        <ZoomIn />
      </IconButton>
      <IconButton label="Show the whole clip in the timeline" onClick={() => view.fit()}>
        <Maximize2 />
      </IconButton>
      <LaneLegend />
    </div>
  );
}
