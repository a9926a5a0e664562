/** Main-thread side of the segment worker. */
import { proxy, transfer, wrap, type Remote } from 'comlink';
import { UserFacingError } from '../../core/base/errors';
import type { FootageId, JobId } from '../../core/base/ids';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { Rle } from '../../core/mask/rle';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { readStream } from '../rpc/stream';
import type {
  EngineStats,
  FramePrediction,
  LabelPrompts,
  LoadOptions,
  LoadProgress,
  MaskPromptPreview,
  PropagatedFrame,
  PropagationRequest,
  SegmentService,
} from './segmentProtocol';

export type CallOptions = { readonly signal?: AbortSignal };

/** One life of the worker. */
type Life = {
  readonly worker: Worker;
  readonly remote: Remote<SegmentService>;
  /** Aborts when the worker dies. */
  readonly ended: AbortController;
};

function startSegmentWorker(): Worker {
  return new Worker(new URL('./segment.worker.ts', import.meta.url), { type: 'module', name: 'segment' });
}

/**
 * Owns the worker and starts a new one when it dies. A call that was under way then rejects with a UserFacingError,
 * and `load` makes everything work again: frames and footage are handed to the new worker.
 */
export class SegmentClient {
  readonly #startWorker: () => Worker;
  readonly #listeners: ((info: EngineInfo) => void)[] = [];
  #life: Life | null = null;
  #connectFrames: ((port: MessagePort) => void) | null = null;
  #footageId: FootageId | null = null;

  constructor(startWorker: () => Worker = startSegmentWorker) {
    installErrorEnvelope();
    this.#startWorker = startWorker;
  }

  /**
   * Starts the engine. When WebGPU took the whole worker down with it, a fresh worker is tried on WASM before the
   * caller hears of a failure. Rejects with `model-missing`, `model-corrupt` or `engine-start-failed`.
   */
  async load(
    options: LoadOptions,
    { onProgress }: { onProgress?: (progress: LoadProgress) => void } = {},
  ): Promise<EngineInfo> {
    const report = (progress: LoadProgress): void => onProgress?.(progress);
    try {
      return await this.#call((remote) => remote.load(options, proxy(report)));
    } catch (error) {
      if (options.forceProvider === 'wasm' || !isStartFailure(error)) {
        throw error;
      }
      this.#end();
      const info = await this.#call((remote) =>
        remote.load({ ...options, forceProvider: 'wasm' }, proxy(report)),
      );
      return {
        ...info,
        fallbackReason: `The graphics card could not run the model, so it runs on the processor. (${error.what})`,
      };
    }
  }

  /** Called on every change of provider after `load`, for as long as the client lives. */
  onEngineChange(listener: (info: EngineInfo) => void): void {
    this.#listeners.push(listener);
  }

  /** `connect` is handed one end of a fresh channel for each worker, and passes it to FootageService.connect. */
  connectFrames(connect: (port: MessagePort) => void): void {
    this.#connectFrames = connect;
    if (this.#life) {
      this.#connect(this.#life);
    }
  }

  /** Names the footage that frame indices mean from now on. */
  setFootage(footageId: FootageId): void {
    this.#footageId = footageId;
    void this.#life?.remote.setFootage(footageId);
  }

  encode(frameIndex: number, options: CallOptions = {}): Promise<{ readonly encodeMs: number }> {
    return this.#job(options, (remote, jobId) => remote.encode(frameIndex, jobId));
  }

  predict(
    frameIndex: number,
    labels: readonly LabelPrompts[],
    options: CallOptions = {},
  ): Promise<FramePrediction> {
    return this.#job(options, (remote, jobId) => remote.predict(frameIndex, labels, jobId));
  }

  /** Runs for as long as it is iterated; leaving the loop or aborting `signal` ends it. */
  async *propagate(
    request: PropagationRequest,
    { signal }: CallOptions = {},
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const { remote, ended } = this.#living();
    const channel = new MessageChannel();
    void remote.propagate(request, transfer(channel.port2, [channel.port2]));
    const either = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
    try {
      yield* readStream<PropagatedFrame>(channel.port1, either);
    } catch (error) {
      throw ended.signal.aborted ? ended.signal.reason : error;
    }
  }

  previewMaskPrompt(rle: Rle): Promise<MaskPromptPreview> {
    return this.#call((remote) => remote.previewMaskPrompt(rle));
  }

  stats(): Promise<EngineStats> {
    return this.#call((remote) => remote.stats());
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  #job<T>(
    { signal }: CallOptions,
    call: (remote: Remote<SegmentService>, jobId: JobId) => Promise<T>,
  ): Promise<T> {
    return this.#call((remote) =>
      callAsJob(
        signal,
        (jobId) => void remote.cancel(jobId),
        (jobId) => call(remote, jobId),
      ),
    );
  }

  /** Runs one call, and rejects when the worker dies under it. */
  async #call<T>(call: (remote: Remote<SegmentService>) => Promise<T>): Promise<T> {
    const { remote, ended } = this.#living();
    let onEnd = (): void => undefined;
    const death = new Promise<never>((_, reject) => {
      onEnd = () => reject(ended.signal.reason);
      ended.signal.addEventListener('abort', onEnd, { once: true });
    });
    try {
      return await Promise.race([call(remote), death]);
    } finally {
      ended.signal.removeEventListener('abort', onEnd);
    }
  }

  #living(): Life {
    this.#life ??= this.#start();
    return this.#life;
  }

  #start(): Life {
    const worker = this.#startWorker();
    const life: Life = { worker, remote: wrap<SegmentService>(worker), ended: new AbortController() };
    const onDeath = (event: Event): void => {
      if (this.#life === life) {
        this.#end(event instanceof ErrorEvent ? event.message : undefined);
      }
    };
    worker.addEventListener('error', onDeath);
    worker.addEventListener('messageerror', onDeath);
    void life.remote.onEngineChange(
      proxy((info: EngineInfo) => this.#listeners.forEach((listener) => listener(info))),
    );
    if (this.#connectFrames) {
      this.#connect(life);
    }
    if (this.#footageId) {
      void life.remote.setFootage(this.#footageId);
    }
    return life;
  }

  #connect({ remote }: Life): void {
    const channel = new MessageChannel();
    void remote.connectFrames(transfer(channel.port1, [channel.port1]));
    this.#connectFrames?.(channel.port2);
  }

  #end(cause?: string): void {
    const life = this.#life;
    this.#life = null;
    life?.worker.terminate();
    life?.ended.abort(workerEnded(cause));
  }
}

function isStartFailure(error: unknown): error is UserFacingError {
  return error instanceof UserFacingError && error.code === 'engine-start-failed';
}

/** Has the code of a failed start: what helps is the same, to load again. */
function workerEnded(cause?: string): UserFacingError {
  return new UserFacingError({
    code: 'engine-start-failed',
    what: `The segmentation engine stopped${cause ? `: ${cause}` : ''}.`,
    safe: 'Your footage, prompts and masks are untouched.',
    todo: 'Load the model again and repeat the last step.',
  });
}
