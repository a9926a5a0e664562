/** The main thread's end of the import worker. */
import { proxy, type Remote } from 'comlink';
import { cancelledError, UserFacingError } from '../../core/base/errors';
import type { JobId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import type { ImportedPicture } from '../../core/import/importSource';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import type { ImportFile, ImportProgress, ImportService, ReadImport } from './importProtocol';

export type ImportOptions = {
  readonly onProgress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
};

/** Starts the worker on the first call; `[Symbol.dispose]` ends it. */
export class ImportClient implements Disposable {
  #life: WorkerLife<ImportService> | null = null;

  /** All masks of the files. Rejects with a UserFacingError that names the file, or `cancelled`. */
  read(files: readonly ImportFile[], options: ImportOptions = {}): Promise<ReadImport> {
    return this.#run<ReadImport>(
      options,
      async (service, onProgress, jobId) => await service.read(files, onProgress, jobId),
    );
  }

  /** Whether the files look like masks for pictures of this size rather than like footage. */
  looksLikeMasks(files: readonly ImportFile[], size: Size): Promise<boolean> {
    return this.#living().call((service) => service.looksLikeMasks(files, size));
  }

  /** The pictures at another size, by nearest neighbour. */
  scale(
    pictures: readonly ImportedPicture[],
    size: Size,
    options: ImportOptions = {},
  ): Promise<readonly ImportedPicture[]> {
    return this.#run(options, (service, onProgress, jobId) =>
      service.scale(pictures, size, onProgress, jobId),
    );
  }

  [Symbol.dispose](): void {
    this.#life?.end(importStopped('it was ended'));
  }

  async #run<T>(
    { onProgress, signal }: ImportOptions,
    call: (
      service: Remote<ImportService>,
      onProgress: (progress: ImportProgress) => void,
      jobId: JobId,
    ) => Promise<T>,
  ): Promise<T> {
    if (signal?.aborted) {
      throw cancelledError();
    }
    const life = this.#living();
    // Progress has a channel of its own and may arrive after the answer.
    let isOver = false;
    const report = proxy((progress: ImportProgress) => {
      if (!isOver && !signal?.aborted) {
        onProgress?.(progress);
      }
    });
    try {
      return await callAsJob(
        signal,
        (jobId) => void life.remote.cancel(jobId),
        (jobId) => life.call((service) => call(service, report, jobId)),
      );
    } finally {
      isOver = true;
    }
  }

  #living(): WorkerLife<ImportService> {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      const worker = new Worker(new URL('./import.worker.ts', import.meta.url), {
        type: 'module',
        name: 'import',
      });
      this.#life = new WorkerLife(worker, (cause) => importStopped(cause ?? 'it could not be loaded'));
    }
    return this.#life;
  }
}

/** The error of calls to a worker that died. */
function importStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that reads masks stopped: ${why}.`,
    safe: 'Nothing was imported; your labels, prompts and masks are untouched.',
    todo: 'Import again; if that fails too, reload the page.',
  });
}
