/** Main-thread side of the segment worker. */
import { proxy, transfer, type Remote } from 'comlink';
import { UserFacingError } from '../../core/base/errors';
import type { FootageId, JobId } from '../../core/base/ids';
import type { DisplayAdjustments } from '../../core/display/displayAdjustments';
import type { EngineInfo, Provider } from '../../core/engine/engineInfo';
import type { Rle } from '../../core/mask/rle';
import type { MeasuredModel } from '../../core/models/modelTest';
import type { ModelId, VideoModelId } from '../../core/models/shelf';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { readStream } from '../rpc/stream';
import { isWasmCrash } from '../rpc/wasmCrash';
import { WorkerLife } from '../rpc/workerLife';
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

type Life = WorkerLife<SegmentService>;

function startSegmentWorker(): Worker {
  return new Worker(new URL('./segment.worker.ts', import.meta.url), { type: 'module', name: 'segment' });
}

/**
 * Owns the worker. When it dies, or its engine is beyond use, calls reject with `engine-start-failed` until `load` has
 * made everything work again in a new one: frames and footage are handed to that.
 */
export class SegmentClient {
  readonly #startWorker: () => Worker;
  readonly #changeListeners: ((info: EngineInfo) => void)[] = [];
  readonly #lossListeners: (() => void)[] = [];
  /** Kept after its end, whose reason later calls reject with. */
  #life: Life | null = null;
  #loadsUnderWay = 0;
  #connectFrames: ((port: MessagePort) => void) | null = null;
  #footageId: FootageId | null = null;
  #adjustments: DisplayAdjustments | null = null;

  constructor(startWorker: () => Worker = startSegmentWorker) {
    installErrorEnvelope();
    this.#startWorker = startWorker;
  }

  /**
   * Starts the engine. When the first try fails or takes the whole worker down with it, a fresh worker is tried on
   * WASM before the caller hears of a failure. Rejects with `model-missing`, `model-corrupt` or `engine-start-failed`.
   */
  async load(
    options: LoadOptions,
    { onProgress }: { onProgress?: (progress: LoadProgress) => void } = {},
  ): Promise<EngineInfo> {
    let firstProvider: Provider | null = null;
    const onProvider = (provider: Provider): void => {
      firstProvider ??= provider;
    };
    this.#loadsUnderWay += 1;
    try {
      return await this.#loadOnce(options, onProgress, onProvider);
    } catch (error) {
      if (options.forceProvider === 'wasm' || !isStartFailure(error)) {
        throw error;
      }
      const info = await this.#loadOnce({ ...options, forceProvider: 'wasm' }, onProgress);
      return { ...info, fallbackReason: secondTryReason(firstProvider, error) };
    } finally {
      this.#loadsUnderWay -= 1;
    }
  }

  /** Called on every change of provider after `load`, for as long as the client lives. */
  onEngineChange(listener: (info: EngineInfo) => void): void {
    this.#changeListeners.push(listener);
  }

  /** Called when the engine is gone and `load` is needed: its worker died, or it could not be replaced after a loss. */
  onEngineLost(listener: () => void): void {
    this.#lossListeners.push(listener);
  }

  /** `connect` is handed one end of a fresh channel for each worker, and passes it to FootageService.connect. */
  connectFrames(connect: (port: MessagePort) => void): void {
    this.#connectFrames = connect;
    this.#connect(this.#life);
  }

  /** Tells that the footage worker died: what waits for its frames rejects. The next footage connects anew. */
  disconnectFrames(): void {
    void this.#life?.remote.disconnectFrames();
  }

  /** Names the footage that frame indices mean from now on. */
  setFootage(footageId: FootageId): void {
    this.#footageId = footageId;
    // The footage may have been opened by a new footage worker, which the engine is not connected to.
    this.#connect(this.#life);
    void this.#life?.remote.setFootage(footageId);
  }

  /** Shows the engine the frames so adjusted from now on; null: as they are in the file. */
  setAdjustments(adjustments: DisplayAdjustments | null): void {
    this.#adjustments = adjustments;
    void this.#life?.remote.setAdjustments(adjustments);
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

  /** Loads a video model, so that a run by it begins at once. A cancel ends the waiting, not the loading. */
  prepare(id: VideoModelId, options: CallOptions = {}): Promise<void> {
    return this.#job(options, (remote, jobId) => remote.prepare(id, jobId));
  }

  /** Runs for as long as it is iterated; leaving the loop or aborting `signal` ends it. */
  async *propagate(
    request: PropagationRequest,
    { signal }: CallOptions = {},
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const life = this.#loaded();
    const channel = new MessageChannel();
    void life.remote.propagate(request, transfer(channel.port2, [channel.port2]));
    const either = signal ? AbortSignal.any([signal, life.ended]) : life.ended;
    try {
      yield* readStream<PropagatedFrame>(channel.port1, either);
    } catch (error) {
      throw life.ended.aborted ? life.ended.reason : this.#judge(life, error);
    }
  }

  previewMaskPrompt(rle: Rle): Promise<MaskPromptPreview> {
    return this.#call((remote) => remote.previewMaskPrompt(rle));
  }

  /** Before a model's weights are removed: nothing holds them afterwards. */
  async forgetModel(id: ModelId): Promise<void> {
    const life = this.#life;
    if (life && !life.ended.aborted) {
      await life.call((remote) => remote.forgetModel(id));
    }
  }

  /** Runs a model of the shelf on a fixed picture. Rejects with `model-missing` where its weights are not here. */
  selfTest(id: ModelId, options: CallOptions = {}): Promise<MeasuredModel> {
    return this.#job(options, (remote, jobId) => remote.selfTest(id, jobId));
  }

  stats(): Promise<EngineStats> {
    return this.#call((remote) => remote.stats());
  }

  [Symbol.dispose](): void {
    const life = this.#life;
    this.#life = null;
    life?.end(workerEnded('it was ended'));
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

  async #call<T>(call: (remote: Remote<SegmentService>) => Promise<T>): Promise<T> {
    const life = this.#loaded();
    try {
      return await life.call(call);
    } catch (error) {
      throw this.#judge(life, error);
    }
  }

  /** What the caller is told of `error`; ends the worker when its engine is beyond use. */
  #judge(life: Life, error: unknown): unknown {
    if (isWasmCrash(error)) {
      const ended = workerEnded(error.message);
      life.end(ended);
      return ended;
    }
    // While a model is being loaded there is none yet, which is no reason to stop that.
    if (isStartFailure(error) && this.#loadsUnderWay === 0) {
      life.end(error);
    }
    return error;
  }

  async #loadOnce(
    options: LoadOptions,
    onProgress: (progress: LoadProgress) => void = () => undefined,
    onProvider: (provider: Provider) => void = () => undefined,
  ): Promise<EngineInfo> {
    const life = this.#living();
    try {
      return await life.call((remote) => remote.load(options, proxy(onProgress), proxy(onProvider)));
    } catch (error) {
      if (isStartFailure(error)) {
        // WASM that failed to start cannot be started again in the same worker.
        life.end(error);
      }
      throw error;
    }
  }

  #loaded(): Life {
    if (!this.#life) {
      throw notLoaded();
    }
    return this.#life;
  }

  #living(): Life {
    if (!this.#life || this.#life.ended.aborted) {
      this.#life = this.#start();
    }
    return this.#life;
  }

  #start(): Life {
    const life = new WorkerLife<SegmentService>(this.#startWorker(), workerEnded);
    life.ended.addEventListener('abort', () => {
      // A load under way tells its caller itself.
      if (this.#life === life && this.#loadsUnderWay === 0) {
        this.#lossListeners.forEach((listener) => listener());
      }
    });
    void life.remote.onEngineChange(
      proxy((info: EngineInfo) => this.#changeListeners.forEach((listener) => listener(info))),
    );
    this.#connect(life);
    if (this.#adjustments) {
      void life.remote.setAdjustments(this.#adjustments);
    }
    if (this.#footageId) {
      void life.remote.setFootage(this.#footageId);
    }
    return life;
  }

  /** Each connection has a channel of its own and takes over from the one before. */
  #connect(life: Life | null): void {
    if (life && !life.ended.aborted && this.#connectFrames) {
      const channel = new MessageChannel();
      void life.remote.connectFrames(transfer(channel.port1, [channel.port1]));
      this.#connectFrames(channel.port2);
    }
  }
}

function isStartFailure(error: unknown): error is UserFacingError {
  return error instanceof UserFacingError && error.code === 'engine-start-failed';
}

/** Why the model runs on the processor of a second worker; `provider` is what the first one tried first, if known. */
function secondTryReason(provider: Provider | null, failure: UserFacingError): string {
  const reason =
    provider === 'webgpu'
      ? 'The graphics card could not run the model, so it runs on the processor.'
      : 'The engine failed at its first start; it was started again, on the processor.';
  return `${reason} (${failure.what})`;
}

/** Has the code of a failed start, as below. */
function notLoaded(): UserFacingError {
  return new UserFacingError({
    code: 'engine-start-failed',
    what: 'The segmentation engine is not loaded yet.',
    safe: 'Your footage, prompts and masks are untouched.',
    todo: 'Load the model first.',
  });
}

/** Has the code of a failed start: what helps is the same, to load again. */
function workerEnded(cause: string | null): UserFacingError {
  return new UserFacingError({
    code: 'engine-start-failed',
    what: `The segmentation engine stopped${cause ? `: ${cause}` : ''}.`,
    safe: 'Your footage, prompts and masks are untouched.',
    todo: 'Load the model again and repeat the last step.',
  });
}
