/** The horizontal axis under the plots, with the ticks of the timeline's ruler. */
import type { FrameTable } from '../../core/video/frameTable';
import type { TimelineScale } from '../timeline/timelineScale';
import { plotsText } from '../text/plotsText';
import { X_GAP_PX } from './chartOptions';
import type { PlotAxis } from './plotModel';
import { plotXTicks } from './plotXTicks';

type PlotAxisRowProps = {
  readonly scale: TimelineScale;
  readonly axis: PlotAxis;
  readonly table: FrameTable;
};

export function PlotAxisRow({ scale, axis, table }: PlotAxisRowProps) {
  const ticks = plotXTicks(scale, axis, table, X_GAP_PX);
  return (
    <div className="plot-axis-row" aria-hidden="true">
      <span className="plot-axis-name muted">{axis === 'time' ? plotsText.time : plotsText.frame}</span>
      <div className="plot-axis-ticks">
        {ticks.map(({ px, label }) => (
          <span key={label} style={{ left: px }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
