/** The main thread's side of the footage worker. */
import { proxy, transfer } from 'comlink';
import { cancelledError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import type { FootageInfo, OpenProgress } from '../../core/video/footageInfo';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import { footageStopped, type FootageFile, type FootageService } from './footageProtocol';

export type OpenOptions = { signal?: AbortSignal; onProgress?: (progress: OpenProgress) => void };

type Life = WorkerLife<FootageService>;

function startFootageWorker(): Worker {
  return new Worker(new URL('./footage.worker.ts', import.meta.url), { type: 'module', name: 'footage' });
}

/**
 * Owns the worker. When it dies, its footage is closed: every call about that rejects with a UserFacingError, and the
 * next opening starts a new worker.
 */
export class FootageClient implements Disposable {
  readonly #startWorker: () => Worker;
  readonly #lossListeners: (() => void)[] = [];
  /** Footage lives and ends with the worker that opened it. */
  readonly #lifeOf = new Map<FootageId, Life>();
  #life: Life;

  constructor(startWorker: () => Worker = startFootageWorker) {
    installErrorEnvelope();
    this.#startWorker = startWorker;
    this.#life = this.#start();
  }

  /**
   * Opens a video, a ZIP of images, or several images. Rejects with a UserFacingError that names the file, or
   * `cancelled` once `signal` aborts; other open footage is not touched.
   */
  async open(files: readonly FootageFile[], options: OpenOptions = {}): Promise<FootageInfo> {
    const { signal, onProgress } = options;
    if (signal?.aborted) {
      throw cancelledError();
    }
    // Progress has a channel of its own and may arrive after the answer.
    let isOver = false;
    const report = proxy((progress: OpenProgress) => {
      if (!isOver && !signal?.aborted) {
        onProgress?.(progress);
      }
    });
    const life = this.#living();
    try {
      const info = await callAsJob(
        signal,
        (jobId) => void life.remote.cancel(jobId),
        (jobId) => life.call((remote) => remote.open(files, report, jobId)),
      );
      this.#lifeOf.set(info.footageId, life);
      if (signal?.aborted) {
        // The work was over before the cancel arrived; nobody waits for its footage any more.
        await this.close(info.footageId);
        throw cancelledError();
      }
      return info;
    } finally {
      isOver = true;
    }
  }

  /** Called when the worker died, and with it the connections it was given. */
  onLost(listener: () => void): void {
    this.#lossListeners.push(listener);
  }

  /** A frame to paint, whole, at display size or reduced to `size`; the caller closes it. */
  getBitmap(footageId: FootageId, frameIndex: number, size?: Size): Promise<ImageBitmap> {
    const life = this.#lifeOf.get(footageId) ?? this.#life;
    return life.call((remote) => remote.getBitmap(footageId, frameIndex, size));
  }

  /** A small picture of a frame in the range; the caller closes it. Rejects as cancelled once `signal` aborts. */
  getThumbnail(
    footageId: FootageId,
    range: { readonly fromFrame: number; readonly toFrame: number },
    heightPx: number,
    signal?: AbortSignal,
  ): Promise<ImageBitmap> {
    const life = this.#lifeOf.get(footageId) ?? this.#life;
    return callAsJob(
      signal,
      (jobId) => void life.remote.cancel(jobId),
      (jobId) => life.call((remote) => remote.getThumbnail(footageId, range, heightPx, jobId)),
    );
  }

  /** Gives the other end of `port` the frames' pixels (FramePixelsService). The port is transferred. */
  connect(port: MessagePort): Promise<void> {
    return this.#living().call((remote) => remote.connect(transfer(port, [port])));
  }

  /** Footage of a worker that died is closed already. */
  async close(footageId: FootageId): Promise<void> {
    const life = this.#lifeOf.get(footageId);
    this.#lifeOf.delete(footageId);
    if (life && !life.ended.aborted) {
      await life.call((remote) => remote.close(footageId));
    }
  }

  /** Ends the worker; all its footage is closed. */
  [Symbol.dispose](): void {
    this.#lossListeners.length = 0;
    this.#life.end(footageStopped('it was ended'));
  }

  #living(): Life {
    if (this.#life.ended.aborted) {
      this.#life = this.#start();
    }
    return this.#life;
  }

  #start(): Life {
    const life = new WorkerLife<FootageService>(this.#startWorker(), footageStopped);
    life.ended.addEventListener('abort', () => this.#lossListeners.forEach((listener) => listener()));
    return life;
  }
}
