/** The bottom of the screen: transport, and every label over time. */
import './timeline.css';
import { frameCount } from '../../core/video/frameTable';
import { useMaskflow } from '../hooks/useMaskflow';
import { PaneEdge } from '../shell/PaneEdge';
import { TimelineTracks } from './TimelineTracks';
import { Transport } from './Transport';

export function Timeline() {
  const footage = useMaskflow((state) => state.footage);
  return (
    <section className="timeline" aria-label="Timeline">
      <PaneEdge pane="timeline" />
      {footage ? (
        <>
          <Transport footage={footage} />
          <TimelineTracks
            key={footage.footageId}
            table={footage.frameTable}
            frameCount={frameCount(footage.frameTable)}
          />
        </>
      ) : (
        <p className="timeline-empty muted">
          The timeline shows each label over time: a diamond where you prompted, a bar where masks are.
        </p>
      )}
    </section>
  );
}
