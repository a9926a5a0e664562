/** Splits, merges, appearances and disappearances of pieces, each a way to its frame. */
import { useMaskflow } from '../hooks/useMaskflow';
import { useCalm } from '../hooks/useCalm';
import { InspectorSection } from '../inspector/InspectorSection';
import { markShapes } from '../plots/plotMarkShapes';
import { measureText } from '../text/measureText';
import { filled } from '../text/projectText';
import { eventWords } from './eventWords';

/** More would make a list that nobody reads; the files have all. */
const MOST_ROWS = 100;

export function EventsSection() {
  const measurements = useMaskflow((state) => state.measurements);
  const seek = useMaskflow((state) => state.seek);
  const frame = useCalm((state) => state.currentFrame);
  const events = measurements?.events ?? [];
  const { labels } = measurements?.table ?? { labels: [] };
  return (
    <InspectorSection id="piece-events" title={measureText.pieces} tip={measureText.piecesTip}>
      {events.length === 0 ? <p className="muted">{measureText.noEvents}</p> : null}
      <ul className="event-list">
        {events.slice(0, MOST_ROWS).map((event, place) => (
          <li key={`${event.frameIndex} ${event.objectId} ${event.kind} ${place}`}>
            <button
              type="button"
              className="row-button"
              aria-current={event.frameIndex === frame ? 'true' : undefined}
              onClick={() => seek(event.frameIndex)}
            >
              <svg viewBox="-6 -6 12 12" width="12" height="12" aria-hidden="true">
                <path
                  d={markShapes[event.kind]}
                  fill={labels.find(({ objectId }) => objectId === event.objectId)?.colour}
                />
              </svg>
              <span className="muted event-frame">{event.frameIndex}</span>
              <span>{eventWords(event, labels)}</span>
            </button>
          </li>
        ))}
      </ul>
      {events.length > MOST_ROWS ? (
        <p className="muted">{filled(measureText.moreEvents, { count: events.length - MOST_ROWS })}</p>
      ) : null}
    </InspectorSection>
  );
}
