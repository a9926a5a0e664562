/** The main thread's end of the models worker. */
import { proxy, type Remote } from 'comlink';
import { cancelledError, UserFacingError } from '../../core/base/errors';
import type { HydrationOutcome, HydrationProgress, PartialDownload } from '../../core/models/hydration';
import type { HostStatement } from '../../core/models/hostStatement';
import type { ModelOffer } from '../../core/models/modelOffer';
import type { MeasuredModel } from '../../core/models/modelTest';
import type { ModelId } from '../../core/models/shelf';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import type { HydrationRequest, ModelsService, ReadyModel, TestedModel } from './modelsProtocol';

export type HydrateCallOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: HydrationProgress) => void;
};

function startModelsWorker(): Worker {
  return new Worker(new URL('./models.worker.ts', import.meta.url), { type: 'module', name: 'models' });
}

/** Starts the worker on the first call, and again after it died. Calls reject with a UserFacingError. */
export class ModelsClient implements Disposable {
  readonly #startWorker: () => Worker;
  readonly #modelsUrl: string;
  #life: WorkerLife<ModelsService> | null = null;

  /** `modelsUrl` is the folder of the manifests: absolute, ends in `/`. */
  constructor(
    startWorker: () => Worker = startModelsWorker,
    modelsUrl = new URL('models/', document.baseURI).href,
  ) {
    this.#startWorker = startWorker;
    this.#modelsUrl = modelsUrl;
  }

  /** Models whose weights are on this device; fetches only the manifests of those. */
  hydrated(): Promise<readonly ReadyModel[]> {
    return this.#call((service) => service.hydrated(this.#modelsUrl));
  }

  /** What can be had of each model in this build. */
  offers(): Promise<readonly ModelOffer[]> {
    return this.#call((service) => service.offers(this.#modelsUrl));
  }

  /**
   * What the host at an address says of a model's file before it is downloaded. Rejects with a UserFacingError where the
   * host is not reached, does not answer as expected, or contradicts what is known here.
   */
  async ask(id: ModelId, url: string, signal?: AbortSignal): Promise<HostStatement> {
    if (signal?.aborted) {
      throw cancelledError();
    }
    return await callAsJob(
      signal,
      (jobId) => void this.#living().remote.cancel(jobId),
      (jobId) => this.#call<HostStatement>((service) => service.ask(id, this.#modelsUrl, url, jobId)),
    );
  }

  /** The model whose weights a file holds; null for none on the shelf. Rejects with `checkpoint-unreadable`. */
  whose(file: File): Promise<ModelId | null> {
    return this.#call((service) => service.whose(file, this.#modelsUrl));
  }

  /** What self-tests found on this device, of weights and graphs that are here. */
  keptTests(): Promise<readonly TestedModel[]> {
    return this.#call((service) => service.keptTests(this.#modelsUrl));
  }

  keepTest(id: ModelId, measured: MeasuredModel): Promise<void> {
    return this.#call((service) => service.keepTest(id, this.#modelsUrl, measured));
  }

  /**
   * Makes a model ready out of its official file. Resolves to `refused` for a file that does not fit, of which nothing
   * is kept; a broken download is kept, and goes on with the next call.
   */
  async hydrate(
    id: ModelId,
    request: HydrationRequest,
    { signal, onProgress }: HydrateCallOptions = {},
  ): Promise<HydrationOutcome> {
    if (signal?.aborted) {
      throw cancelledError();
    }
    const report = proxy((progress: HydrationProgress) => onProgress?.(progress));
    return await callAsJob(
      signal,
      (jobId) => void this.#living().remote.cancel(jobId),
      (jobId) =>
        this.#call<HydrationOutcome>((service) =>
          service.hydrate(id, this.#modelsUrl, request, report, jobId),
        ),
    );
  }

  remove(id: ModelId): Promise<void> {
    return this.#call((service) => service.remove(id));
  }

  /** Downloads that are kept to go on from, also one that is going on. */
  partialDownloads(): Promise<readonly PartialDownload[]> {
    return this.#call((service) => service.partialDownloads());
  }

  /** Rejects with a UserFacingError `storage-failed` while the model is being made ready. */
  discardDownload(id: ModelId): Promise<void> {
    return this.#call((service) => service.discardDownload(id));
  }

  [Symbol.dispose](): void {
    this.#life?.end(modelsStopped('it was ended'));
  }

  #call<T>(work: (service: Remote<ModelsService>) => Promise<T>): Promise<T> {
    return this.#living().call(work);
  }

  #living(): WorkerLife<ModelsService> {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      this.#life = new WorkerLife(this.#startWorker(), (cause) =>
        modelsStopped(cause ?? 'it could not be loaded'),
      );
    }
    return this.#life;
  }
}

function modelsStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that makes models ready stopped: ${why}.`,
    safe: 'Models that were ready stay so, and your labels, prompts and masks are untouched.',
    todo: 'Try again; if that fails too, reload the page.',
  });
}
