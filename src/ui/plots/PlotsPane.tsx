/** The plots of the chosen quantities, on the timeline's scale. */
import './plots.css';
import { useMemo, useState } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { buildPlots } from './buildPlots';
import { PlotAxisRow } from './PlotAxisRow';
import { PlotsEmpty } from './PlotsEmpty';
import { PlotsHead } from './PlotsHead';
import { tableAtRate } from './plotXTicks';
import { PlotsStage } from './PlotsStage';
import { useTimelineView } from './useTimelineView';

const noLines: ReadonlySet<string> = new Set();

export function PlotsPane() {
  const measurements = useMaskflow((state) => state.measurements);
  const plotted = useMaskflow((state) => state.plottedQuantities);
  const axis = useMaskflow((state) => state.plotAxis);
  const ownTable = useMaskflow((state) => state.footage?.frameTable ?? null);
  const frameRate = useMaskflow((state) => state.calibration.frameRate);
  const table = useMemo(() => ownTable && tableAtRate(ownTable, frameRate), [ownTable, frameRate]);
  const [hidden, setHidden] = useState(noLines);
  const view = useTimelineView();
  const all = useMemo(() => (measurements ? buildPlots(measurements, plotted) : []), [measurements, plotted]);
  const plots = useMemo(
    () => all.map((plot) => ({ ...plot, lines: plot.lines.filter(({ key }) => !hidden.has(key)) })),
    [all, hidden],
  );
  function toggle(key: string): void {
    const next = new Set(hidden);
    if (!next.delete(key)) {
      next.add(key);
    }
    setHidden(next);
  }
  return (
    <div className="plots-frame">
      <PlotsHead plots={all} shownPlots={plots} hidden={hidden} onToggle={toggle} />
      {plots.length > 0 && view && table ? (
        <>
          <PlotsStage plots={plots} view={view} axis={axis} table={table} />
          <PlotAxisRow scale={view.scale} axis={axis} table={table} />
        </>
      ) : (
        <PlotsEmpty />
      )}
    </div>
  );
}
