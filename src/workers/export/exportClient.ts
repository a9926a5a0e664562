/** The main thread's end of the export worker. */
import { proxy, transfer, type Remote } from 'comlink';
import { UserFacingError, cancelledError } from '../../core/base/errors';
import type { FootageId, JobId } from '../../core/base/ids';
import type { ExportProgress, ExportRequest, NumberedMask } from '../../core/export/maskSequence';
import type { Size } from '../../core/geometry/box';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import type { ExportService, FrameLine, VideoSupport } from './exportProtocol';

export type ExportOptions = {
  /** The masks of one frame, bottom first; asked for once for each frame and format, in order. */
  readonly getMasks: (frameIndex: number) => readonly NumberedMask[] | Promise<readonly NumberedMask[]>;
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
  /** Whose pictures belong to the masks; left out where they cannot be read. */
  readonly footageId?: FootageId;
};

/** Starts the worker on the first call; `[Symbol.dispose]` ends it. */
export class ExportClient {
  #life: WorkerLife<ExportService> | null = null;
  #connectFrames: ((port: MessagePort) => void) | null = null;

  /** `connect` is given one end of a channel for each export and serves FramePixelsService on it. */
  connectFrames(connect: (port: MessagePort) => void): void {
    this.#connectFrames = connect;
  }

  /** Tells that the footage worker died: what waits for its frames rejects. */
  disconnectFrames(): void {
    void this.#life?.remote.disconnectFrames();
  }

  /** What this browser can encode pictures of that size with. */
  async videoSupport(size: Size): Promise<VideoSupport> {
    return await this.#living().call((service) => service.videoSupport(size));
  }

  /** A ZIP of what the request asks for, on disk where possible; see `cleanUp`. */
  async exportZip(request: ExportRequest, options: ExportOptions): Promise<Blob> {
    return await this.#run(options, (service, line, getMasks, onProgress, jobId) =>
      service.exportZip(request, line, getMasks, onProgress, jobId),
    );
  }

  /** The same files into a new subfolder of `folder`, which the page must be allowed to write to; returns its name. */
  async exportToFolder(
    request: ExportRequest,
    folder: FileSystemDirectoryHandle,
    options: ExportOptions,
  ): Promise<string> {
    return await this.#run(options, (service, line, getMasks, onProgress, jobId) =>
      service.exportToFolder(request, folder, line, getMasks, onProgress, jobId),
    );
  }

  /** Deletes the temporary files behind finished ZIPs: call it when the user has them, or on the next export. */
  async cleanUp(): Promise<void> {
    await this.#living().call((service) => service.cleanUp());
  }

  [Symbol.dispose](): void {
    this.#life?.end(writerStopped('it was ended'));
  }

  async #run<T>(
    options: ExportOptions,
    call: (
      service: Remote<ExportService>,
      line: FrameLine | null,
      getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
      onProgress: (progress: ExportProgress) => void,
      jobId: JobId,
    ) => Promise<T>,
  ): Promise<T> {
    if (options.signal?.aborted) {
      throw cancelledError();
    }
    const life = this.#living();
    const getMasks = proxy(async (frameIndex: number) => await options.getMasks(frameIndex));
    const onProgress = proxy((progress: ExportProgress) => options.onProgress?.(progress));
    return await callAsJob(
      options.signal,
      (jobId) => void life.remote.cancel(jobId),
      (jobId) =>
        life.call((service) => call(service, this.#line(options.footageId), getMasks, onProgress, jobId)),
    );
  }

  #line(footageId: FootageId | undefined): FrameLine | null {
    if (!footageId || !this.#connectFrames) {
      return null;
    }
    const { port1, port2 } = new MessageChannel();
    this.#connectFrames(port2);
    return transfer({ footageId, port: port1 }, [port1]);
  }

  #living(): WorkerLife<ExportService> {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      const worker = new Worker(new URL('./export.worker.ts', import.meta.url), { type: 'module' });
      this.#life = new WorkerLife(worker, (cause) => writerStopped(cause ?? 'it could not be loaded'));
    }
    return this.#life;
  }
}

function writerStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that writes files stopped: ${why}.`,
    safe: 'Your labels, prompts and masks are untouched.',
    todo: 'Export again; if that fails too, reload the page.',
  });
}
