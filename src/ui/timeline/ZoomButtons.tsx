/** Zooms the timeline around the playhead, for those without a wheel. */
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { IconButton } from '../shell/IconButton';
import { LaneLegend } from './LaneLegend';
import { frameMiddlePx } from './timelineScale';
import type { TimelineView } from './useTimelineScale';

type ZoomButtonsProps = { view: TimelineView; currentFrame: number };

export function ZoomButtons({ view, currentFrame }: ZoomButtonsProps) {
  const px = frameMiddlePx(view.scale, currentFrame);
  return (
    <div className="timeline-zoom">
      <IconButton label="Zoom the timeline out" onClick={() => view.zoom(px, 1 / 1.6)}>
        <ZoomOut />
      </IconButton>
      <IconButton label="Zoom the timeline in" onClick={() => view.zoom(px, 1.6)}>
        <ZoomIn />
      </IconButton>
      <IconButton label="Show the whole clip in the timeline" onClick={() => view.fit()}>
        <Maximize2 />
      </IconButton>
      <LaneLegend />
    </div>
  );
}
