/** Follows a part of the state by hand: for what changes with every frame and would cost too much to render. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { MaskflowState } from '../../state/maskflowState';
import { useApp } from './useMaskflow';

/**
 * Calls `apply` with the selected value after each render, and in the very task in which it changes. What `apply` sets in
 * the page must be left out of what the component renders.
 */
export function useWithoutRender<T>(select: (state: MaskflowState) => T, apply: (value: T) => void): void {
  const { store } = useApp();
  const latest = useRef({ select, apply });
  useLayoutEffect(() => {
    latest.current = { select, apply };
    apply(select(store.getState()));
  });
  useEffect(
    () =>
      store.subscribe((state, previous) => {
        const now = latest.current.select(state);
        if (!Object.is(now, latest.current.select(previous))) {
          latest.current.apply(now);
        }
      }),
    [store],
  );
}
