/** How much of the clip the timeline shows, and how that changes. */
import { useCallback, useMemo, useState } from 'react';
import {
  fitScale,
  movedTo,
  panBy,
  resized,
  scrolledTo,
  shownRange,
  zoomAt,
  type TimelineScale,
} from './timelineScale';

export type TimelineView = {
  readonly scale: TimelineScale;
  zoom(px: number, factor: number): void;
  pan(px: number): void;
  reveal(frame: number): void;
  /** The view begins at this frame, as far as the clip's ends allow. */
  moveTo(firstFrame: number): void;
  fit(): void;
  /** Shows these frames, both included. */
  show(fromFrame: number, toFrame: number): void;
  /** Ref of the element whose width the timeline has. */
  readonly measure: (element: HTMLElement | null) => (() => void) | undefined;
};

/** The view of a clip of `count` frames; remount (by key) for another clip. */
export function useTimelineScale(count: number): TimelineView {
  const [scale, setScale] = useState(() => fitScale(count, 1));
  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) {
      return undefined;
    }
    const observer = new ResizeObserver(() => {
      const widthPx = element.clientWidth;
      setScale((old) => (old.widthPx === widthPx ? old : resized(old, widthPx)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const moves = useMemo(
    () => ({
      zoom: (px: number, factor: number) => setScale((old) => zoomAt(old, px, factor)),
      pan: (px: number) => setScale((old) => panBy(old, px)),
      reveal: (frame: number) => setScale((old) => scrolledTo(old, frame)),
      moveTo: (firstFrame: number) => setScale((old) => movedTo(old, firstFrame)),
      show: (fromFrame: number, toFrame: number) => setScale((old) => shownRange(old, fromFrame, toFrame)),
      fit: () => setScale((old) => fitScale(old.frameCount, old.widthPx)),
    }),
    [],
  );
  return useMemo(() => ({ scale, measure, ...moves }), [scale, measure, moves]);
}
