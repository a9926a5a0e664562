/** The main thread's end of the export worker. */
import { proxy, wrap, type Remote } from 'comlink';
import { UserFacingError, cancelledError } from '../../core/base/errors';
import type { JobId } from '../../core/base/ids';
import type { ExportProgress, NumberedMask, PngSequenceRequest } from '../../core/export/maskSequence';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import type { ExportService } from './exportProtocol';

export type ExportOptions = {
  /** The masks of one frame, bottom first; asked for once for each frame, in order. */
  readonly getMasks: (frameIndex: number) => readonly NumberedMask[] | Promise<readonly NumberedMask[]>;
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
};

type Connection = {
  readonly worker: Worker;
  readonly service: Remote<ExportService>;
  /** Rejects when the worker itself fails: its calls would wait for ever. */
  readonly failed: Promise<never>;
};

/** Starts the worker on the first call; `[Symbol.dispose]` ends it. */
export class ExportClient {
  #connection: Connection | null = null;

  /** A ZIP of the label maps with labels.json and frames.csv, on disk where possible; see `cleanUp`. */
  async exportZip(request: PngSequenceRequest, options: ExportOptions): Promise<Blob> {
    return await this.#run(options, (service, getMasks, onProgress, jobId) =>
      service.exportZip(request, getMasks, onProgress, jobId),
    );
  }

  /** The same files into a new subfolder of `folder`, which the page must be allowed to write to; returns its name. */
  async exportToFolder(
    request: PngSequenceRequest,
    folder: FileSystemDirectoryHandle,
    options: ExportOptions,
  ): Promise<string> {
    return await this.#run(options, (service, getMasks, onProgress, jobId) =>
      service.exportToFolder(request, folder, getMasks, onProgress, jobId),
    );
  }

  /** Deletes the temporary files behind finished ZIPs: call it when the user has them, or on the next export. */
  async cleanUp(): Promise<void> {
    const { service, failed } = this.#connect();
    await Promise.race([service.cleanUp(), failed]);
  }

  [Symbol.dispose](): void {
    this.#connection?.worker.terminate();
    this.#connection = null;
  }

  async #run<T>(
    options: ExportOptions,
    call: (
      service: Remote<ExportService>,
      getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
      onProgress: (progress: ExportProgress) => void,
      jobId: JobId,
    ) => Promise<T>,
  ): Promise<T> {
    if (options.signal?.aborted) {
      throw cancelledError();
    }
    const { service, failed } = this.#connect();
    const getMasks = proxy(async (frameIndex: number) => await options.getMasks(frameIndex));
    const onProgress = proxy((progress: ExportProgress) => options.onProgress?.(progress));
    return await callAsJob(
      options.signal,
      (jobId) => void service.cancel(jobId),
      (jobId) => Promise.race([call(service, getMasks, onProgress, jobId), failed]),
    );
  }

  #connect(): Connection {
    if (this.#connection) {
      return this.#connection;
    }
    installErrorEnvelope();
    const worker = new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module' });
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        // The next call starts a new worker.
        this[Symbol.dispose]();
        reject(
          new UserFacingError({
            code: 'internal',
            what: `The part of Maskflow that writes files stopped: ${event.message || 'it could not be loaded'}.`,
            safe: 'Your labels, prompts and masks are untouched.',
            todo: 'Export again; if that fails too, reload the page.',
          }),
        );
      });
    });
    // Nobody waits on it between calls; that must not count as an unhandled rejection.
    failed.catch(() => undefined);
    this.#connection = { worker, service: wrap<ExportService>(worker), failed };
    return this.#connection;
  }
}
