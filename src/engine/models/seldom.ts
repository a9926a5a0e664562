/** Tells progress now and then: messages between threads for every piece would cost more than the pieces. */

const TELL_EVERY_MS = 100;

/** `tell`, but not more often than ten times a second; what comes in between is dropped. */
export function seldom<T extends readonly unknown[]>(tell: (...values: T) => void): (...values: T) => void {
  let last = -Infinity;
  return (...values) => {
    const now = performance.now();
    if (now - last >= TELL_EVERY_MS) {
      last = now;
      tell(...values);
    }
  };
}
