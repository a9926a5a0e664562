/** Waits for work that nobody would ever finish once the other side is gone. */

/** Runs `work`, and rejects with the reason of `ended` as soon as that aborts. */
export function untilEnd<T>(ended: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onEnd = (): void => reject(ended.reason);
    if (ended.aborted) {
      onEnd();
      return;
    }
    ended.addEventListener('abort', onEnd, { once: true });
    void work()
      .then(resolve, reject)
      .finally(() => ended.removeEventListener('abort', onEnd));
  });
}
