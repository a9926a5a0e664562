/** What can be done with projects besides working on one: list, copy, rename, delete, files. */
import { toUserMessage, UserFacingError } from '../../core/base/errors';
import type { MaskflowStore } from '../../state/store';
import type { ProjectId, ProjectSummary } from '../../workers/storage/storageProtocol';
import { download } from '../exportMasks';
import type { InputFile } from '../inputFile';
import type { FootageOpener } from '../openFootage';
import type { StorageService } from '../services';
import { parseDocument } from './parseDocument';
import { lockProject } from './projectLock';
import { newProjectId, type Projects } from './projects';
import type { ProjectsApp, StorageUse } from './projectsApp';
import { storedAsDocument } from './unsavedProject';

/** Deleting does not wait for another tab. */
const NO_PATIENCE_MS = 50;

export function isProjectFile(files: readonly InputFile[]): boolean {
  return files.length === 1 && files[0]!.file.name.toLowerCase().endsWith('.maskflow');
}

export class ProjectUseCases implements ProjectsApp {
  readonly #store: MaskflowStore;
  readonly #storage: StorageService;
  readonly #projects: Projects;
  readonly #opener: FootageOpener;

  constructor(
    store: MaskflowStore,
    storage: StorageService,
    { projects, opener }: { projects: Projects; opener: FootageOpener },
  ) {
    this.#store = store;
    this.#storage = storage;
    this.#projects = projects;
    this.#opener = opener;
  }

  async list(): Promise<readonly ProjectSummary[]> {
    const projects = (await this.#telling(() => this.#storage.list())) ?? [];
    return projects.filter(({ isUntouchedSample }) => !isUntouchedSample);
  }

  async storageUse(): Promise<StorageUse | null> {
    const storage = (navigator as Partial<Navigator>).storage;
    const { usage, quota } = (await storage?.estimate?.().catch(() => null)) ?? {};
    if (usage === undefined || quota === undefined) {
      return null;
    }
    const isPersistent = (await storage?.persisted?.().catch(() => false)) ?? false;
    return { usedBytes: usage, leftBytes: Math.max(0, quota - usage), isPersistent };
  }

  open(id: string): Promise<void> {
    return this.#projects.open(id as ProjectId);
  }

  async openCopy(id: string): Promise<void> {
    const copy = await this.#telling(() => this.#copyOf(id as ProjectId));
    if (copy) {
      await this.#projects.open(copy);
    }
  }

  async startAfresh(): Promise<void> {
    this.#projects.dismissQuestion();
    await this.#opener.openSample();
  }

  async rename(id: string, name: string): Promise<void> {
    const { project, setProjectData } = this.#store.getState();
    if (project?.id === id) {
      setProjectData({ project: { id, name } });
      await this.#projects.autosave.flush();
    } else {
      await this.#telling(() => this.#storage.rename(id as ProjectId, name));
    }
  }

  async duplicate(id: string): Promise<void> {
    await this.#telling(() => this.#copyOf(id as ProjectId));
  }

  async remove(id: string): Promise<boolean> {
    const summary = (await this.list()).find((project) => project.id === id);
    if (!summary) {
      return false;
    }
    const isConfirmed = await this.#store.getState().ask({
      title: `Delete ${summary.name}?`,
      text: `Its labels, prompts and masks (${summary.maskCount}) are deleted from this browser, with the copy of its footage. There is no way back, unless you saved it into a file.`,
      confirmLabel: 'Delete project',
    });
    return isConfirmed && ((await this.#telling(() => this.#removeLocked(summary))) ?? false);
  }

  async saveFile(withFootage: boolean): Promise<void> {
    await this.#telling(async () => {
      const { current, autosave } = this.#projects;
      if (!current) {
        throw nothingToSave();
      }
      if (!this.#store.getState().project) {
        autosave.requestSave();
      }
      await autosave.flush();
      const { project, saveState } = this.#store.getState();
      const isStale = saveState.kind === 'failed' && saveState.reason !== 'noRoom';
      const footage = withFootage ? current.files : [];
      const blob = isStale
        ? await this.#storage.packProject(
            ...storedAsDocument(this.#store.getState(), current.reference),
            footage,
          )
        : await this.#storage.exportProject(current.id, withFootage ? current.files : 'none');
      const fileName = `${project?.name ?? 'project'}.maskflow`;
      download(blob, fileName);
      this.#store
        .getState()
        .showNotice(`Saved ${fileName}${withFootage ? ' with its footage' : ', without its footage'}.`);
    });
  }

  /** Makes a project of a `.maskflow` file and opens it. */
  async openFile(file: File): Promise<void> {
    await this.#telling(async () => {
      const { document: stored } = await this.#storage.readProjectFile(file);
      const document = parseDocument(stored, file.name);
      const id = newProjectId();
      await this.#storage.importProject(file, id, document);
      await this.#projects.open(id);
    });
  }

  giveFootage(files: readonly InputFile[]): Promise<void> {
    return this.#projects.giveFootage(files);
  }

  async reopenFootage(): Promise<void> {
    await this.#telling(() => this.#projects.reopenFootage());
  }

  dismissQuestion(): void {
    this.#projects.dismissQuestion();
  }

  async retrySave(): Promise<void> {
    await this.#projects.autosave.flush();
  }

  async #copyOf(id: ProjectId): Promise<ProjectId> {
    if (id === this.#projects.current?.id) {
      await this.#projects.autosave.flush();
    }
    const names = new Set((await this.#storage.list()).map(({ name }) => name));
    const original = (await this.#storage.list()).find((project) => project.id === id)?.name ?? 'project';
    const copy = newProjectId();
    await this.#storage.duplicate(id, copy, freeName(original, names));
    return copy;
  }

  async #removeLocked({ id, name }: ProjectSummary): Promise<boolean> {
    if (id === this.#projects.current?.id) {
      await this.#projects.abandon();
      try {
        await this.#storage.remove(id);
      } finally {
        // Also when it could not be deleted: what would stay on the screen is saved no more.
        await this.#opener.openSample();
      }
      return true;
    }
    const unlock = await lockProject(id, NO_PATIENCE_MS);
    if (!unlock) {
      throw openElsewhere(name);
    }
    try {
      await this.#storage.remove(id);
    } finally {
      unlock();
    }
    // There may be room now for what could not be saved.
    await this.retrySave();
    return true;
  }

  /** Undefined after an error, which the user was told. */
  async #telling<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#store.getState().showError(toUserMessage(error));
      return undefined;
    }
  }
}

function freeName(original: string, taken: ReadonlySet<string>): string {
  let name = `${original} (copy)`;
  for (let number = 2; taken.has(name); number += 1) {
    name = `${original} (copy ${number})`;
  }
  return name;
}

function nothingToSave(): UserFacingError {
  return new UserFacingError({
    code: 'storage-failed',
    what: 'There is no project to save yet.',
    safe: 'Nothing was written.',
    todo: 'Open footage first.',
  });
}

function openElsewhere(name: string): UserFacingError {
  return new UserFacingError({
    code: 'project-open-elsewhere',
    what: `${name} is open in another tab or window.`,
    safe: 'It was not deleted.',
    todo: 'Close that tab first.',
  });
}
