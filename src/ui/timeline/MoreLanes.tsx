/** Says how many lanes lie out of sight, above or below those on show, and brings them there. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useMaskflow } from '../hooks/useMaskflow';
import { Button } from '../shell/Button';
import { timelineText } from '../text/timelineText';
import { lanesOutOfSight, type LanesOutOfSight } from './lanesOutOfSight';

const none: LanesOutOfSight = { above: 0, below: 0 };

/** Looks for the lanes in the frame of tracks that it is in. */
export function MoreLanes() {
  const place = useRef<HTMLSpanElement>(null);
  const laneCount = useMaskflow((state) => state.labels.length);
  const [hidden, setHidden] = useState(none);
  useEffect(() => {
    const lanes = lanesNear(place.current);
    if (!lanes) {
      return undefined;
    }
    const look = (): void => {
      const found = lanesOutOfSight(lanes, laneCount);
      setHidden((known) => (known.above === found.above && known.below === found.below ? known : found));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(lanes);
    lanes.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      lanes.removeEventListener('scroll', look);
    };
  }, [laneCount]);
  const isDown = hidden.below > 0;
  const count = isDown ? hidden.below : hidden.above;
  const words = isDown ? timelineText.lanesBelow : timelineText.lanesAbove;
  return (
    <span ref={place} className="more-lanes">
      {count > 0 ? (
        <Button
          look="quiet"
          aria-label={words.replace('{count}', String(count))}
          tip={timelineText.moreLanesTip}
          onClick={() => {
            const lanes = lanesNear(place.current);
            lanes?.scrollBy({ top: (isDown ? 1 : -1) * lanes.clientHeight });
          }}
        >
          {isDown ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
          {timelineText.moreLanes.replace('{count}', String(count))}
        </Button>
      ) : null}
    </span>
  );
}

function lanesNear(place: HTMLElement | null): HTMLElement | null {
  return place?.closest('.tracks-frame')?.querySelector<HTMLElement>('.lanes-scroll') ?? null;
}
