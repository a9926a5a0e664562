/** Zooms the timeline around the playhead, for those without a wheel. */
import { ChartSpline, Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useApp, useMaskflow } from '../hooks/useMaskflow';
import { keyHint } from '../keys/shortcuts';
import { togglePlots } from '../plots/plotsShown';
import { IconButton } from '../shell/IconButton';
import { plotsText } from '../text/plotsText';
import { LaneLegend } from './LaneLegend';
import { frameMiddlePx } from './timelineScale';
import type { TimelineView } from './useTimelineScale';

type ZoomButtonsProps = { view: TimelineView };

export function ZoomButtons({ view }: ZoomButtonsProps) {
  const { store } = useApp();
  const arePlotsOpen = useMaskflow((state) => state.arePlotsOpen);
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
      <IconButton
        label={plotsText.toggle}
        hint={keyHint('plots')}
        aria-pressed={arePlotsOpen}
        onClick={() => togglePlots(store)}
      >
        <ChartSpline />
      </IconButton>
      <LaneLegend />
    </div>
  );
}
