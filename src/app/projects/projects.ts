/** The work that the browser keeps: which project is open, and how one is left and another opened. */
import { toUserMessage } from '../../core/base/errors';
import { matchFootage, type FootageReference } from '../../core/project/footageReference';
import { unreadableProject } from '../../core/project/migrations';
import type { ProjectDocument } from '../../core/project/projectDocument';
import type { FootageInfo } from '../../core/video/footageInfo';
import type { RestoredNote } from '../../state/slices/projectState';
import type { MaskflowStore } from '../../state/store';
import type { FootageHandle, ProjectId } from '../../workers/storage/storageProtocol';
import type { InputFile } from '../inputFile';
import { sampleFiles, type FootageKeeper, type FootageOpener } from '../openFootage';
import type { Services } from '../services';
import { Autosave } from './autosave';
import { askToRead, filesBehind, mayRead } from './footageHandles';
import { referenceOf } from './footageReferences';
import { lastProject, rememberProject } from './lastProject';
import { parseDocument } from './parseDocument';
import { lockProject, type Unlock } from './projectLock';
import { ProjectCare } from './projectCare';
import { ProjectSession } from './projectSession';
import { putOnScreen, readProject, restoredNote, type ReadProject } from './restoreProject';

/** A project that is locked for this tab, but not yet on the screen. */
type Pending = {
  readonly id: ProjectId;
  readonly unlock: Unlock;
  readonly document: ProjectDocument;
  readonly savedAtMs: number;
  /** Where its footage lies, when no copy is kept and the browser may ask for it. */
  readonly handles: readonly FootageHandle[] | null;
  readonly how: RestoredNote['how'];
};

/** What is open, and the files it was opened from; locked once it is kept. */
type Current = {
  readonly session: ProjectSession;
  readonly files: readonly InputFile[];
  readonly care: ProjectCare;
  unlock: Unlock | null;
};

export function newProjectId(): ProjectId {
  return crypto.randomUUID() as ProjectId;
}

export class Projects implements FootageKeeper {
  readonly #store: MaskflowStore;
  readonly #services: Pick<Services, 'storage' | 'footage'>;
  readonly #opener: FootageOpener;
  readonly autosave: Autosave;
  #current: Current | null = null;
  #pending: Pending | null = null;

  constructor(store: MaskflowStore, services: Pick<Services, 'storage' | 'footage'>, opener: FootageOpener) {
    this.#store = store;
    this.#services = services;
    this.#opener = opener;
    this.autosave = new Autosave(store, services.storage, {
      firstChange: () => this.#begin(),
      saved: () => this.#current?.care.attend(),
    });
    opener.setKeeper(this);
  }

  /** What is open and kept, with the files it was opened from. */
  get current(): {
    readonly id: ProjectId;
    readonly reference: FootageReference;
    readonly files: readonly InputFile[];
  } | null {
    const { session, files } = this.#current ?? {};
    return session && files ? { id: session.id, reference: session.footage, files } : null;
  }

  /** Opens what was open last; the sample when that is nothing, or cannot be read. */
  async start(): Promise<void> {
    const id = lastProject();
    if (id) {
      await this.open(id, 'restored');
    }
    const { footage, projectQuestion } = this.#store.getState();
    if (!footage && !projectQuestion) {
      await this.#opener.openSample();
    }
    await this.#services.storage.cleanUp().catch((error: unknown) => console.warn('not cleaned up', error));
  }

  /** Shows an error, or a question, when it cannot be shown; what is open stays open then. */
  async open(id: ProjectId, how: RestoredNote['how'] = 'opened'): Promise<void> {
    if (id === this.#current?.session.id) {
      return;
    }
    this.dismissQuestion();
    try {
      const unlock = await lockProject(id);
      if (!unlock) {
        const projectQuestion = { kind: 'openElsewhere', id, name: await this.#nameOf(id) } as const;
        this.#store.getState().setProjectData({ projectQuestion });
        return;
      }
      await this.#openLocked(id, unlock, how);
    } catch (error) {
      if (lastProject() === id) {
        rememberProject(null);
      }
      this.#store.getState().showError(toUserMessage(error));
    }
  }

  /** The footage of the project that waits for it. */
  async giveFootage(files: readonly InputFile[]): Promise<void> {
    if (this.#pending) {
      await this.#show(this.#pending, files);
    }
  }

  /** Reads the footage that is waited for where it lay; must be called from a user gesture, for the browser asks. */
  async reopenFootage(): Promise<void> {
    const pending = this.#pending;
    if (!pending?.handles) {
      return;
    }
    const { name } = pending.document.footage;
    if (!(await askToRead(pending.handles))) {
      this.#askForFootage(pending, `Maskflow was not allowed to read ${name}.`);
      return;
    }
    const files = await filesBehind(pending.handles);
    if (files) {
      await this.#show(pending, files);
    } else {
      this.#pending = { ...pending, handles: null };
      this.#askForFootage(this.#pending, `${name} is no longer where it was.`);
    }
  }

  get isWaitingForFootage(): boolean {
    return this.#pending !== null;
  }

  dismissQuestion(): void {
    this.#pending?.unlock();
    this.#pending = null;
    this.#store.getState().setProjectData({ projectQuestion: null });
  }

  /** Stops keeping what is open, without saving it. */
  async abandon(): Promise<void> {
    this.autosave.follow(null, { kind: 'nothing' });
    this.#store.getState().setProjectData({ project: null, restored: null });
    rememberProject(null);
    await this.#letGo();
  }

  async prepare(
    info: FootageInfo,
    files: readonly InputFile[],
    source: FootageReference['source'],
  ): Promise<{ isKept: boolean; begin: () => void }> {
    const session = new ProjectSession(newProjectId(), await referenceOf(info, files, source));
    const isKept = await this.autosave.flush();
    return {
      isKept,
      begin: () => {
        const left = this.#store.getState().project;
        this.#adopt(session, files, null);
        this.#store.getState().setProjectData({ project: null, restored: null });
        this.autosave.follow(session, { kind: 'nothing' });
        if (source === 'files') {
          this.autosave.requestSave();
        }
        if (left && isKept) {
          this.#store.getState().showNotice(`${left.name} is kept: find it under Projects.`);
        }
      },
    };
  }

  async #openLocked(id: ProjectId, unlock: Unlock, how: RestoredNote['how']): Promise<void> {
    try {
      const loaded = await this.#services.storage.load(id);
      if (!loaded) {
        throw unreadableProject('The project', 'it is no longer there');
      }
      const document = parseDocument(loaded.document, await this.#nameOf(id));
      const copy = await this.#copiedFiles(id, document);
      const handles = copy ? null : await this.#services.storage.footageHandles(id);
      const pending = { id, unlock, document, savedAtMs: loaded.savedAtMs, handles, how };
      this.#pending = pending;
      const files = copy ?? (handles && (await mayRead(handles)) ? await filesBehind(handles) : null);
      if (files) {
        await this.#show(pending, files);
      } else {
        this.#askForFootage(pending, null);
      }
    } catch (error) {
      this.#pending = null;
      unlock();
      throw error;
    }
  }

  async #copiedFiles(id: ProjectId, document: ProjectDocument): Promise<readonly InputFile[] | null> {
    return document.footage.source === 'sample'
      ? await sampleFiles()
      : await this.#services.storage.footage(id);
  }

  /** Opens the footage, checks that it is the right one, and only then replaces what is on the screen. */
  async #show(pending: Pending, files: readonly InputFile[]): Promise<void> {
    let read: { project: ReadProject; session: ProjectSession } | null = null;
    const isShown = await this.#opener.open(files, {
      mayInstall: async (info) => {
        const { footage } = pending.document;
        const reference = await referenceOf(info, files, footage.source);
        if (!(await this.#isRight(pending, reference))) {
          return false;
        }
        const project = await readProject(this.#services.storage, pending.id, pending.document, (fraction) =>
          this.#store.getState().setOpening({
            name: pending.document.name,
            progress: { phase: 'Reading masks', fraction },
          }),
        );
        // Last of all: what is open can be worked on until now.
        if (!(await this.#mayLeave(pending.document.name))) {
          return false;
        }
        const session = new ProjectSession(pending.id, reference);
        session.adopt(project.masks, project.maps);
        read = { project, session };
        return this.#pending === pending;
      },
      install: (info) => {
        if (read) {
          this.#install(pending, info, files, read);
        }
      },
    });
    const isAsking = this.#store.getState().projectQuestion?.kind === 'needsFootage';
    if (!isShown && this.#pending === pending && !isAsking) {
      this.#askForFootage(pending, null);
    }
  }

  #install(
    pending: Pending,
    info: FootageInfo,
    files: readonly InputFile[],
    { project, session }: { project: ReadProject; session: ProjectSession },
  ): void {
    const { id, document, savedAtMs, unlock, how } = pending;
    this.autosave.follow(null, { kind: 'nothing' });
    putOnScreen(this.#store, info, document, project);
    this.#pending = null;
    this.#adopt(session, files, unlock);
    this.#store.getState().setProjectData({
      project: { id, name: document.name },
      restored: restoredNote(document, project, { savedAtMs, how }),
      projectQuestion: null,
    });
    this.autosave.follow(session, { kind: 'saved', atMs: savedAtMs });
    rememberProject(id);
    // The missing masks are named by the stored document still.
    if (project.missingMasks > 0) {
      this.autosave.requestSave();
    }
    this.#current?.care.attend();
  }

  /** Whether footage may stand for the one the project was made on; asks where that is not sure. */
  async #isRight(pending: Pending, found: FootageReference): Promise<boolean> {
    const { footage: wanted, name } = pending.document;
    switch (matchFootage(wanted, found)) {
      case 'same':
        return true;
      case 'fits':
        return await this.#store.getState().ask({
          title: `Is ${found.name} the footage of ${name}?`,
          text: `It has the size and the ${found.frameCount} frames that ${wanted.name} had, but not the same ${found.kind === 'images' ? 'file names' : 'frame times'}. The masks will lie on its pictures, whatever they show.`,
          confirmLabel: `Use ${found.name}`,
        });
      case 'different':
        this.#askForFootage(
          pending,
          `${found.name} has ${found.frameCount} frames of ${found.width} × ${found.height}; ${wanted.name} had ${wanted.frameCount} of ${wanted.width} × ${wanted.height}.`,
        );
        return false;
    }
  }

  async #mayLeave(forName: string): Promise<boolean> {
    return (
      (await this.autosave.flush()) ||
      (await this.#store.getState().ask({
        title: 'Leave what could not be saved?',
        text: `What is open could not be saved. Opening ${forName} closes it with the changes since it was saved last. Save it into a file first if you want to keep them.`,
        confirmLabel: `Open ${forName}`,
      }))
    );
  }

  #askForFootage({ id, document, handles }: Pending, problem: string | null): void {
    const { name, footage } = document;
    const canReopen = handles !== null;
    this.#store.getState().setProjectData({
      projectQuestion: { kind: 'needsFootage', id, name, footage, problem, canReopen },
    });
  }

  #adopt(session: ProjectSession, files: readonly InputFile[], unlock: Unlock | null): void {
    void this.#letGo();
    const care = new ProjectCare(this.#store, this.#services, { session, files });
    this.#current = { session, files, care, unlock };
  }

  async #letGo(): Promise<void> {
    const left = this.#current;
    this.#current = null;
    if (left) {
      left.care[Symbol.dispose]();
      // Its files first: the lock promises that they are free.
      await this.#services.storage.close(left.session.id).catch(() => undefined);
      left.unlock?.();
    }
  }

  /** A project comes into being with its first change: opening the sample alone leaves nothing behind. */
  async #begin(): Promise<void> {
    const current = this.#current;
    if (!current) {
      return;
    }
    const { id, footage } = current.session;
    current.unlock ??= await lockProject(id);
    const name = footage.name.replace(/\.[^.]+$/, '') || footage.name;
    this.#store.getState().setProjectData({ project: { id, name } });
    rememberProject(id);
    // Some browsers ask the user: not before there is something to lose.
    await navigator.storage?.persist?.().catch(() => false);
  }

  async #nameOf(id: ProjectId): Promise<string> {
    const projects = await this.#services.storage.list();
    return projects.find((project) => project.id === id)?.name ?? 'The project';
  }
}
