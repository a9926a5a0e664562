/** Makes what one control changes, from press to release, a single step of undo. */
import { useEffect, useRef } from 'react';
import { beginGesture } from '../../state/gesture';
import { useApp } from '../hooks/useMaskflow';

/** `begin` may be called again while a gesture is on; `end` without one does nothing. */
export function useEditGesture(): { begin: () => void; end: () => void } {
  const { store } = useApp();
  const endRef = useRef<(() => void) | null>(null);
  function begin(): void {
    endRef.current ??= beginGesture(store);
  }
  function end(): void {
    endRef.current?.();
    endRef.current = null;
  }
  useEffect(
    () => () => {
      endRef.current?.();
      endRef.current = null;
    },
    [],
  );
  return { begin, end };
}
