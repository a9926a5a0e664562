/** Panning and zooming of the comparing views, which have no tools. */
import { useEffect, useRef, type RefObject } from 'react';
import { useApp } from '../../hooks/useMaskflow';
import { panBy, stageView, zoomBy } from '../../canvas/stageView';
import { wheelFactor } from '../../canvas/viewMath';
import { paneRatio, stagePointOf } from './paneView';

/** Dragging pans, the wheel zooms about the pointer; `hasPanes`: in either of two panes. */
export function useViewMoves(ref: RefObject<HTMLElement | null>, hasPanes: boolean): void {
  const { store } = useApp();
  const dragged = useRef<number | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const moves = new AbortController();
    const { signal } = moves;
    const ratio = (): number => {
      const current = stageView(store);
      return hasPanes && current ? paneRatio(current.picture, current.stage) : 1;
    };
    const down = (event: PointerEvent): void => {
      if (event.target instanceof Element && !event.target.closest('button, [role="slider"]')) {
        element.setPointerCapture(event.pointerId);
        dragged.current = event.pointerId;
      }
    };
    const move = (event: PointerEvent): void => {
      if (dragged.current === event.pointerId) {
        panBy(store, event.movementX / ratio(), event.movementY / ratio());
      }
    };
    const up = (): void => {
      dragged.current = null;
    };
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      const current = stageView(store);
      const rect = element.getBoundingClientRect();
      const at = { x: event.clientX - rect.left, y: event.clientY - rect.top };
      const anchor = hasPanes && current ? stagePointOf(at, current.picture, current.stage) : at;
      zoomBy(store, wheelFactor(event), anchor);
    };
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener('pointermove', move, { signal });
    element.addEventListener('pointerup', up, { signal });
    element.addEventListener('pointercancel', up, { signal });
    element.addEventListener('wheel', wheel, { signal, passive: false });
    return () => moves.abort();
  }, [ref, store, hasPanes]);
}
