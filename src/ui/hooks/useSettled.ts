/** A value once it has stopped changing: for work that must not hold up what the user is doing. */
import { useEffect, useState } from 'react';

/** The last value that stood for `restMs`; null until the first one has. */
export function useSettled<T>(value: T, restMs: number): T | null {
  const [settled, setSettled] = useState<T | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
