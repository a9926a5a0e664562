/** The wheel over the timeline: zooms, or pans when it is turned sideways or with Shift held. */
import { useEffect, type RefObject } from 'react';
import type { TimelineView } from './useTimelineScale';

/** Pixels of one line, for browsers that tell wheel turns in lines. */
const linePx = 16;

export function useWheelView(
  areaRef: RefObject<HTMLElement | null>,
  { zoom, pan }: Pick<TimelineView, 'zoom' | 'pan'>,
): void {
  useEffect(() => {
    const area = areaRef.current;
    // React listens to wheel passively, and a passive listener cannot keep the page from zooming.
    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? linePx : 1;
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      if (Math.abs(sideways) > 0 && (event.shiftKey || Math.abs(sideways) > Math.abs(event.deltaY))) {
        pan(sideways * unit);
      } else {
        const left = area?.getBoundingClientRect().left ?? 0;
        zoom(event.clientX - left, Math.exp(-event.deltaY * unit * 0.002));
      }
    }
    area?.addEventListener('wheel', onWheel, { passive: false });
    return () => area?.removeEventListener('wheel', onWheel);
  }, [areaRef, zoom, pan]);
}
