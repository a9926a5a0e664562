/** Shows A and B in turn. */
import { useEffect } from 'react';
import { useApp, useMaskflow } from '../../hooks/useMaskflow';
import { useReducedMotion } from './useReducedMotion';

/** Slow enough to harm nobody: WCAG 2.3.1 allows three flashes in a second, this is one. */
export const FLICKER_MS = 500;

/** While the flicker is on show and not paused; never where the system asks for less motion. */
export function useFlicker(): void {
  const { store } = useApp();
  const isReduced = useReducedMotion();
  const isOn = useMaskflow(({ comparison }) => comparison.view === 'flicker' && comparison.isFlickering);
  useEffect(() => {
    if (!isOn || isReduced) {
      return undefined;
    }
    const timer = setInterval(() => {
      const { comparison, setComparison } = store.getState();
      setComparison({ flickerSide: comparison.flickerSide === 'a' ? 'b' : 'a' });
    }, FLICKER_MS);
    return () => clearInterval(timer);
  }, [store, isOn, isReduced]);
}
