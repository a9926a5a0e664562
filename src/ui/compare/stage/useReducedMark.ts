/** Marks a picture for as long as its painters use their small canvases, as the stage's own picture is marked. */
import { useLayoutEffect, type RefObject } from 'react';
import { useApp } from '../../hooks/useMaskflow';

export function useReducedMark(ref: RefObject<HTMLElement | null>): void {
  const { store } = useApp();
  useLayoutEffect(() => {
    const mark = (): void => {
      ref.current?.toggleAttribute('data-reduced', store.getState().isShownReduced);
    };
    mark();
    // Not through React: it must change in the same task as what is painted.
    return store.subscribe(mark);
  }, [ref, store]);
}
