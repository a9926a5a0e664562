/** Signs of splits, merges, appearances and disappearances on the lanes. Hovering a lane tells what they mean. */
import { useMaskflow } from '../hooks/useMaskflow';
import { markShapes } from '../plots/plotMarkShapes';
import { laneHeightPx } from './paintLanes';
import { frameMiddlePx, type TimelineScale } from './timelineScale';

type LaneEventsProps = { readonly scale: TimelineScale };

/** Nearer signs would cover each other. */
const LEAST_GAP_PX = 8;

/** Lies over the lanes, which are painted for themselves. */
export function LaneEvents({ scale }: LaneEventsProps) {
  const events = useMaskflow((state) => state.measurements?.events);
  const labels = useMaskflow((state) => state.labels);
  if (!events || events.length === 0) {
    return null;
  }
  const freeFrom = new Map<number, number>();
  const shown = events.flatMap((event) => {
    const lane = labels.findIndex(({ objectId }) => objectId === event.objectId);
    const x = frameMiddlePx(scale, event.frameIndex);
    if (lane < 0 || x < 0 || x > scale.widthPx || x < (freeFrom.get(lane) ?? -Infinity)) {
      return [];
    }
    freeFrom.set(lane, x + LEAST_GAP_PX);
    return [{ event, x, y: (lane + 1) * laneHeightPx - 7 }];
  });
  return (
    <svg
      className="lane-events"
      width={scale.widthPx}
      height={labels.length * laneHeightPx}
      aria-hidden="true"
      data-testid="lane-events"
    >
      {shown.map(({ event, x, y }) => (
        // One sign to a place of a lane: what else happens there is covered by it.
        <path
          key={`${event.frameIndex} ${event.objectId}`}
          className="lane-event"
          transform={`translate(${x} ${y})`}
          d={markShapes[event.kind]}
        />
      ))}
    </svg>
  );
}
