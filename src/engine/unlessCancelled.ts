/** Waits for work that cannot be stopped, no longer than anybody wants it. */
import { cancelledError } from '../core/base/errors';

/** What `work` resolves or rejects with, or a rejection as cancelled as soon as `signal` aborts; the work goes on. */
export async function unlessCancelled<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw cancelledError();
  }
  const ended = new AbortController();
  const cancelled = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelledError()), { signal: ended.signal });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    ended.abort();
  }
}
