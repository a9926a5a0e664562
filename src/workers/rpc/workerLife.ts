/** One life of a worker: its calls, and what becomes of them when it dies, which Comlink would never tell. */
import { wrap, type Remote } from 'comlink';
import type { UserFacingError } from '../../core/base/errors';
import { untilEnd } from './untilEnd';

export class WorkerLife<Service> {
  readonly remote: Remote<Service>;
  readonly #worker: Worker;
  readonly #ended = new AbortController();

  /** `describeEnd` words the error of a worker that failed, or that could not be loaded (then without a cause). */
  constructor(worker: Worker, describeEnd: (cause: string | null) => UserFacingError) {
    this.#worker = worker;
    this.remote = wrap<Service>(worker);
    const onDeath = (event: Event): void =>
      this.end(describeEnd(event instanceof ErrorEvent && event.message ? event.message : null));
    worker.addEventListener('error', onDeath);
    worker.addEventListener('messageerror', onDeath);
  }

  /** Aborts at the end of this life, with the error that every call under way then rejects with. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Runs one call; rejects with the reason of the end when the worker ends before it answers, or has ended. */
  call<T>(work: (remote: Remote<Service>) => Promise<T>): Promise<T> {
    return untilEnd(this.ended, () => work(this.remote));
  }

  /** Stops the worker; only the first end counts. */
  end(reason: UserFacingError): void {
    this.#worker.terminate();
    this.#ended.abort(reason);
  }
}
