/** The main thread's end of the compare worker. */
import { cancelledError, UserFacingError } from '../../core/base/errors';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { WorkerLife } from '../rpc/workerLife';
import type { CompareService, FrameScores, FrameToScore } from './compareProtocol';

/** Starts the worker on the first call; `[Symbol.dispose]` ends it. */
export class CompareClient implements Disposable {
  #life: WorkerLife<CompareService> | null = null;

  /**
   * Scores of the frames, in their order. A call that is cancelled rejects with `cancelled` as soon as the batch under
   * way is done: hand in a few frames at a time.
   */
  async score(
    frames: readonly FrameToScore[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<FrameScores[]> {
    if (signal?.aborted) {
      throw cancelledError();
    }
    const scores = await this.#living().call<FrameScores[]>(async (service) => await service.score(frames));
    if (signal?.aborted) {
      throw cancelledError();
    }
    return scores;
  }

  [Symbol.dispose](): void {
    this.#life?.end(compareStopped('it was ended'));
  }

  #living(): WorkerLife<CompareService> {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      const worker = new Worker(new URL('./compare.worker.ts', import.meta.url), {
        type: 'module',
        name: 'compare',
      });
      this.#life = new WorkerLife(worker, (cause) => compareStopped(cause ?? 'it could not be loaded'));
    }
    return this.#life;
  }
}

/** The error of calls to a worker that died. */
function compareStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that compares masks stopped: ${why}.`,
    safe: 'All masks are untouched, and what was scored before stays.',
    todo: 'Score again; if that fails too, reload the page.',
  });
}
