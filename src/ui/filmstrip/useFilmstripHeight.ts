/** How high the pictures are: as the timeline has room for them beside its lanes. */
import { useEffect, useState, type RefObject } from 'react';

const steps = [
  { fromPx: 300, heightPx: 64 },
  { fromPx: 210, heightPx: 48 },
  { fromPx: 0, heightPx: 32 },
] as const;

/** Pictures come in three heights, so that dragging the panel's edge seldom changes which frames they show. */
export function filmstripHeight(panelPx: number): number {
  return steps.find(({ fromPx }) => panelPx >= fromPx)?.heightPx ?? 32;
}

export function useFilmstripHeight(frameRef: RefObject<HTMLElement | null>): number {
  const [heightPx, setHeight] = useState(32);
  useEffect(() => {
    const frame = frameRef.current;
    if (!frame) {
      return undefined;
    }
    const observer = new ResizeObserver(() => setHeight(filmstripHeight(frame.clientHeight)));
    observer.observe(frame);
    return () => observer.disconnect();
  }, [frameRef]);
  return heightPx;
}
