/** How high one plot is: as the pane has room, never too low to be read. */
import { useEffect, useState, type RefObject } from 'react';

const LEAST_PX = 60;

export function usePlotHeight(bodyRef: RefObject<HTMLElement | null>, count: number): number {
  const [bodyPx, setBodyPx] = useState(LEAST_PX);
  useEffect(() => {
    const body = bodyRef.current;
    if (!body) {
      return undefined;
    }
    const observer = new ResizeObserver(() => setBodyPx(body.clientHeight));
    observer.observe(body);
    return () => observer.disconnect();
  }, [bodyRef]);
  return Math.max(Math.floor(bodyPx / Math.max(count, 1)), LEAST_PX);
}
