/** The main thread's side of the footage worker. */
import { proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { cancelledError } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import type { FootageInfo, OpenProgress } from '../../core/video/footageInfo';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import type { FootageFile, FootageService } from './footageProtocol';

export type OpenOptions = { signal?: AbortSignal; onProgress?: (progress: OpenProgress) => void };

export class FootageClient implements Disposable {
  readonly #worker: Worker;
  readonly #service: Remote<FootageService>;

  constructor() {
    installErrorEnvelope();
    this.#worker = new Worker(new URL('./footage.worker.ts', import.meta.url), { type: 'module' });
    this.#service = wrap<FootageService>(this.#worker);
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
    try {
      const info = await callAsJob(
        signal,
        (jobId) => void this.#service.cancel(jobId),
        (jobId) => this.#service.open(files, report, jobId),
      );
      if (signal?.aborted) {
        // The work was over before the cancel arrived; nobody waits for its footage any more.
        await this.#service.close(info.footageId);
        throw cancelledError();
      }
      return info;
    } finally {
      isOver = true;
    }
  }

  /** A frame to paint, at display size; the caller closes it. */
  getBitmap(footageId: FootageId, frameIndex: number): Promise<ImageBitmap> {
    return this.#service.getBitmap(footageId, frameIndex);
  }

  /** Gives the other end of `port` the frames' pixels (FramePixelsService). The port is transferred. */
  connect(port: MessagePort): Promise<void> {
    return this.#service.connect(transfer(port, [port]));
  }

  close(footageId: FootageId): Promise<void> {
    return this.#service.close(footageId);
  }

  /** Ends the worker; all its footage is closed and calls under way never answer. */
  [Symbol.dispose](): void {
    this.#service[releaseProxy]();
    this.#worker.terminate();
  }
}
