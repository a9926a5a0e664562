/** The main thread's end of the storage worker. */
import type { Remote } from 'comlink';
import { messageOf, UserFacingError } from '../../core/base/errors';
import type { MaskId, ProjectDocument } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { callAsJob } from '../rpc/jobs';
import { WorkerLife } from '../rpc/workerLife';
import type {
  Commit,
  CommitResult,
  FootageHandle,
  FootagePart,
  LoadedProject,
  ProjectFileContents,
  ProjectId,
  ProjectSummary,
  StorageService,
} from './storageProtocol';

function startStorageWorker(): Worker {
  return new Worker(new URL('./storage.worker.ts', import.meta.url), { type: 'module', name: 'storage' });
}

/**
 * Starts the worker on the first call, and again on the first call after it died: whatever it had not committed then
 * has to be asked for again. Calls reject with a UserFacingError `storage-full` when there is no room.
 */
export class StorageClient implements Disposable {
  readonly #startWorker: () => Worker;
  #life: WorkerLife<StorageService> | null = null;

  constructor(startWorker: () => Worker = startStorageWorker) {
    this.#startWorker = startWorker;
  }

  kind(): Promise<'disk' | 'memory'> {
    return this.#call((service) => service.kind());
  }

  list(): Promise<ProjectSummary[]> {
    return this.#call((service) => service.list());
  }

  appendMasks(projectId: ProjectId, masks: readonly FrameMask[]): Promise<MaskId[]> {
    return this.#call((service) => service.appendMasks(projectId, masks));
  }

  commit(projectId: ProjectId, commit: Commit): Promise<CommitResult> {
    return this.#call((service) => service.commit(projectId, commit));
  }

  load(projectId: ProjectId): Promise<LoadedProject | null> {
    return this.#call((service) => service.load(projectId));
  }

  readMasks(projectId: ProjectId, ids: readonly MaskId[]): Promise<(FrameMask | null)[]> {
    return this.#call((service) => service.readMasks(projectId, ids));
  }

  setThumbnail(projectId: ProjectId, thumbnail: Blob): Promise<void> {
    return this.#call((service) => service.setThumbnail(projectId, thumbnail));
  }

  rename(projectId: ProjectId, name: string): Promise<void> {
    return this.#call((service) => service.rename(projectId, name));
  }

  duplicate(projectId: ProjectId, copyId: ProjectId, name: string): Promise<void> {
    return this.#call((service) => service.duplicate(projectId, copyId, name));
  }

  remove(projectId: ProjectId): Promise<void> {
    return this.#call((service) => service.remove(projectId));
  }

  /** Copies footage in the background; false when there is too little room. An abort of `signal` leaves no copy. */
  keepFootage(projectId: ProjectId, parts: readonly FootagePart[], signal?: AbortSignal): Promise<boolean> {
    return callAsJob(
      signal,
      (jobId) => void this.#living().remote.cancel(jobId),
      (jobId) => this.#call((service) => service.keepFootage(projectId, parts, jobId)),
    );
  }

  footage(projectId: ProjectId): Promise<FootagePart[] | null> {
    return this.#call((service) => service.footage(projectId));
  }

  keepHandles(projectId: ProjectId, handles: readonly FootageHandle[]): Promise<void> {
    return this.#call((service) => service.keepHandles(projectId, handles));
  }

  footageHandles(projectId: ProjectId): Promise<readonly FootageHandle[] | null> {
    return this.#call((service) => service.footageHandles(projectId));
  }

  exportProject(projectId: ProjectId, footage: 'none' | 'kept' | readonly FootagePart[]): Promise<Blob> {
    return this.#call((service) => service.exportProject(projectId, footage));
  }

  packProject(
    document: ProjectDocument,
    masks: readonly FrameMask[],
    footage: readonly FootagePart[],
  ): Promise<Blob> {
    return this.#call((service) => service.packProject(document, masks, footage));
  }

  readProjectFile(file: File): Promise<ProjectFileContents> {
    return this.#call((service) => service.readProjectFile(file));
  }

  importProject(file: File, projectId: ProjectId, document: ProjectDocument): Promise<void> {
    return this.#call((service) => service.importProject(file, projectId, document));
  }

  close(projectId: ProjectId): Promise<void> {
    return this.#call((service) => service.close(projectId));
  }

  cleanUp(): Promise<void> {
    return this.#call((service) => service.cleanUp());
  }

  [Symbol.dispose](): void {
    this.#life?.end(storageStopped('it was ended'));
  }

  async #call<T>(work: (service: Remote<StorageService>) => Promise<T>): Promise<T> {
    try {
      return await this.#living().call(work);
    } catch (error) {
      throw isQuotaExceeded(error) ? storageFull(error) : error;
    }
  }

  #living(): WorkerLife<StorageService> {
    if (!this.#life || this.#life.ended.aborted) {
      installErrorEnvelope();
      this.#life = new WorkerLife(this.#startWorker(), (cause) =>
        storageStopped(cause ?? 'it could not be loaded'),
      );
    }
    return this.#life;
  }
}

/** Some browsers say it in the name, some only in the words. */
function isQuotaExceeded(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'QuotaExceededError' || /quota|no space|storage is full/i.test(messageOf(error)))
  );
}

function storageFull(cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'storage-full',
      what: 'The room that the browser has for Maskflow is full.',
      safe: 'Everything is still in this tab, and what was saved before stays saved.',
      todo: 'Delete projects that you no longer need, or save the project into a file.',
    },
    { cause },
  );
}

function storageStopped(why: string): UserFacingError {
  return new UserFacingError({
    code: 'storage-failed',
    what: `The part of Maskflow that saves your work stopped: ${why}.`,
    safe: 'Everything is still in this tab, and what was saved before stays saved.',
    todo: 'Maskflow tries again by itself; export your masks if it goes on.',
  });
}
