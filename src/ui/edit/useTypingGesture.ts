/** Makes what is typed into a field without a pause a single step of undo. */
import { useEffect, useRef } from 'react';
import { useEditGesture } from '../inspector/useEditGesture';

/** Longer than between two keys, shorter than between two decisions. */
const PAUSE_MS = 700;

/** `change` wraps each change; `end` is for when the field is left. */
export function useTypingGesture(): { change: (work: () => void) => void; end: () => void } {
  const gesture = useEditGesture();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  function end(): void {
    clearTimeout(timer.current);
    gesture.end();
  }
  function change(work: () => void): void {
    clearTimeout(timer.current);
    gesture.begin();
    work();
    timer.current = setTimeout(gesture.end, PAUSE_MS);
  }
  return { change, end };
}
