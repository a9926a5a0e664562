/** Cancelling across threads: the caller's AbortSignal becomes a job id, the worker turns it back into a signal. */
import { newJobId, type JobId } from '../../core/base/ids';

/** Worker side: the running jobs and their signals. */
export class JobRegistry {
  readonly #controllers = new Map<JobId, AbortController>();

  /** Runs `work` with a signal that `cancel(jobId)` aborts. */
  async run<T>(jobId: JobId, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#controllers.set(jobId, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#controllers.delete(jobId);
    }
  }

  cancel(jobId: JobId): void {
    this.#controllers.get(jobId)?.abort();
  }
}

/** Caller side: runs `call` under a fresh job id and forwards an abort of `signal` as a cancel message. */
export async function callAsJob<T>(
  signal: AbortSignal | undefined,
  cancel: (jobId: JobId) => void,
  call: (jobId: JobId) => Promise<T>,
): Promise<T> {
  const jobId = newJobId();
  const forward = (): void => cancel(jobId);
  signal?.addEventListener('abort', forward, { once: true });
  try {
    const result = call(jobId);
    if (signal?.aborted) {
      forward();
    }
    return await result;
  } finally {
    signal?.removeEventListener('abort', forward);
  }
}
