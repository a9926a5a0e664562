/** The bottom of the screen: transport, and every label over time. */
import './timeline.css';
import { frameCount } from '../../core/video/frameTable';
import { useMemo } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { tableAtRate } from '../plots/plotXTicks';
import { PaneEdge } from '../shell/PaneEdge';
import { TimelineTracks } from './TimelineTracks';
import { Transport } from './Transport';

export function Timeline() {
  const footage = useMaskflow((state) => state.footage);
  const toldRate = useMaskflow((state) => state.calibration.frameRate);
  const ownTable = footage?.frameTable;
  const table = useMemo(() => ownTable && tableAtRate(ownTable, toldRate), [ownTable, toldRate]);
  return (
    <section className="timeline" aria-label="Timeline">
      <PaneEdge pane="timeline" />
      {footage && table ? (
        <>
          <Transport footage={footage} />
          <TimelineTracks key={footage.footageId} table={table} frameCount={frameCount(table)} />
        </>
      ) : (
        <p className="timeline-empty muted">
          The timeline shows each label over time: a diamond where you prompted, a bar where masks are.
        </p>
      )}
    </section>
  );
}
