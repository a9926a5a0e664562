/** Follows a pointer along the timeline, at most once for each screen refresh. */
import { useRef, type PointerEvent } from 'react';

export type DragHandlers = {
  onPointerDown(event: PointerEvent<HTMLElement>): void;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerUp(event: PointerEvent<HTMLElement>): void;
  onPointerCancel(event: PointerEvent<HTMLElement>): void;
};

export type DragMoves = {
  /** The pointer was pressed here. */
  onPress(clientX: number): void;
  /** The pointer is here now: called at most once for each animation frame, and at last where it is let go. */
  onMove(clientX: number): void;
};

/** Handlers for an element that is pressed and dragged; it keeps the pointer until that is let go. */
export function useDrag({ onPress, onMove }: DragMoves): DragHandlers {
  const drag = useRef<{ clientX: number; request: number } | null>(null);
  function end(event: PointerEvent<HTMLElement>): void {
    if (drag.current) {
      cancelAnimationFrame(drag.current.request);
      drag.current = null;
      event.stopPropagation();
    }
  }
  return {
    onPointerDown(event) {
      if (event.button !== 0) {
        return;
      }
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { clientX: event.clientX, request: 0 };
      onPress(event.clientX);
    },
    onPointerMove(event) {
      const current = drag.current;
      if (!current) {
        return;
      }
      event.stopPropagation();
      current.clientX = event.clientX;
      current.request ||= requestAnimationFrame(() => {
        current.request = 0;
        onMove(current.clientX);
      });
    },
    onPointerUp(event) {
      if (drag.current && drag.current.clientX !== event.clientX) {
        onMove(event.clientX);
      }
      end(event);
    },
    onPointerCancel: end,
  };
}
