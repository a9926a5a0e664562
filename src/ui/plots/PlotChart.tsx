/** One quantity over time: its name at the left, its lines on the timeline's scale. */
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import type { FrameTable } from '../../core/video/frameTable';
import { useDocumentTheme } from '../theme/useDocumentTheme';
import type { TimelineScale } from '../timeline/timelineScale';
import { plotsText } from '../text/plotsText';
import { filled } from '../text/projectText';
import { AXIS_PX, chartData, chartOptions, type ChartView } from './chartOptions';
import { axisName, hasValues, type Plot, type PlotAxis } from './plotModel';

type PlotChartProps = {
  readonly plot: Plot;
  readonly scale: TimelineScale;
  readonly axis: PlotAxis;
  readonly table: FrameTable;
  readonly heightPx: number;
};

export function PlotChart({ plot, scale, axis, table, heightPx }: PlotChartProps) {
  const hostRef = useRef<HTMLDivElement>(null);
  const chartRef = useRef<UPlot>(null);
  const viewRef = useRef<ChartView>({ scale, axis, table });
  const theme = useDocumentTheme();
  const width = AXIS_PX + scale.widthPx;
  const sizeRef = useRef({ width, height: heightPx });
  useEffect(() => {
    const host = hostRef.current;
    if (!host) {
      return undefined;
    }
    const style = getComputedStyle(host);
    const colour = (name: string): string => style.getPropertyValue(name).trim();
    const colours = { text: colour('--text-muted'), grid: colour('--border'), doubt: colour('--warning') };
    const chart = new UPlot(
      chartOptions(plot, sizeRef.current, viewRef.current, colours),
      chartData(plot),
      host,
    );
    chartRef.current = chart;
    return () => {
      chart.destroy();
      chartRef.current = null;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the colours painted are the theme's
  }, [plot, theme, heightPx]);
  // Zoom, pan and size change the chart that is there.
  useEffect(() => {
    Object.assign(viewRef.current, { scale, axis, table });
    const chart = chartRef.current;
    const { width: oldWidth, height: oldHeight } = sizeRef.current;
    sizeRef.current = { width, height: heightPx };
    if (chart && (oldWidth !== width || oldHeight !== heightPx)) {
      chart.setSize({ width, height: heightPx });
    }
    chart?.setScale('x', { min: scale.firstFrame, max: scale.firstFrame + scale.widthPx / scale.pxPerFrame });
    // Where the grid's lines are is worked out anew only when told to: the scale counts frames either way.
    chart?.redraw(false, true);
  }, [scale, axis, table, width, heightPx]);
  return (
    <div className="plot-row" style={{ height: heightPx }}>
      <div className="plot-name">
        <strong>{plot.title}</strong>
        {plot.unit === '' ? null : <span className="muted">{plot.unit}</span>}
      </div>
      <div
        ref={hostRef}
        className="plot-chart"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- the picture is a canvas that uPlot makes
        role="img"
        aria-label={filled(hasValues(plot) ? plotsText.chart : plotsText.emptyChart, {
          name: axisName(plot),
          lines: plot.lines.map(({ name }) => name).join(', '),
          from: plot.firstFrame,
          to: plot.firstFrame + plot.frameCount - 1,
        })}
      />
    </div>
  );
}
