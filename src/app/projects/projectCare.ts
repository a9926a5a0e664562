/** What is done for a project beside saving it: a copy of its footage, and a picture for the list. */
import type { MaskflowStore } from '../../state/store';
import type { InputFile } from '../inputFile';
import type { Services } from '../services';
import { handlesOf } from './footageHandles';
import { projectPicture } from './projectPicture';
import type { ProjectSession } from './projectSession';

/** Pictures cost a frame; they follow the work at this distance. */
const PICTURE_EVERY_MS = 15_000;

/** Looks after one project for as long as it is open; `[Symbol.dispose]` gives up what is under way. */
export class ProjectCare implements Disposable {
  readonly #store: MaskflowStore;
  readonly #services: Pick<Services, 'storage' | 'footage'>;
  readonly #session: ProjectSession;
  readonly #files: readonly InputFile[];
  readonly #ended = new AbortController();
  #needsCopy: boolean;
  #pictureMs = -Infinity;

  /** `files` are copied when they are the user's own. */
  constructor(
    store: MaskflowStore,
    services: Pick<Services, 'storage' | 'footage'>,
    { session, files }: { session: ProjectSession; files: readonly InputFile[] },
  ) {
    this.#store = store;
    this.#services = services;
    this.#session = session;
    this.#files = files;
    this.#needsCopy = session.footage.source === 'files';
  }

  /** Call when the project is in the storage, and after each save. */
  attend(): void {
    void this.#copyFootage();
    void this.#takePicture();
  }

  [Symbol.dispose](): void {
    this.#ended.abort();
  }

  async #copyFootage(): Promise<void> {
    if (!this.#needsCopy) {
      return;
    }
    this.#needsCopy = false;
    const { storage } = this.#services;
    const { id, footage } = this.#session;
    try {
      const isKept =
        (await storage.footage(id)) !== null ||
        (await storage.keepFootage(id, this.#files, this.#ended.signal));
      if (!isKept) {
        await this.#rememberPlace(footage.name);
      }
    } catch (error) {
      if (!this.#ended.signal.aborted) {
        console.warn('footage was not copied', error);
        await this.#rememberPlace(footage.name);
      }
    }
  }

  /** Footage too large for a copy is read again where it lies, if the browser has told where that is. */
  async #rememberPlace(name: string): Promise<void> {
    const { storage } = this.#services;
    const handles = handlesOf(this.#files);
    try {
      const wasKnown = (await storage.footageHandles(this.#session.id)) !== null;
      if (handles) {
        await storage.keepHandles(this.#session.id, handles);
      }
      if (!(wasKnown && handles)) {
        this.#tellNotCopied(name, handles !== null);
      }
    } catch (error) {
      console.warn('where the footage lies was not kept', error);
      this.#tellNotCopied(name, false);
    }
  }

  #tellNotCopied(name: string, isPlaceKnown: boolean): void {
    const { saveState, showNotice } = this.#store.getState();
    if (saveState.kind !== 'failed') {
      const later = isPlaceKnown
        ? 'read the file where it lies, once you allow it with one click'
        : 'ask for the file again';
      showNotice(
        `There is no room for a copy of ${name}. Your work is saved; after a reload Maskflow will ${later}.`,
      );
    }
  }

  async #takePicture(): Promise<void> {
    const { footage, currentFrame } = this.#store.getState();
    if (!footage || performance.now() - this.#pictureMs < PICTURE_EVERY_MS) {
      return;
    }
    this.#pictureMs = performance.now();
    try {
      const bitmap = await this.#services.footage.getBitmap(footage.footageId, currentFrame);
      try {
        const picture = await projectPicture(bitmap, this.#store.getState(), currentFrame);
        if (!this.#ended.signal.aborted) {
          await this.#services.storage.setThumbnail(this.#session.id, picture);
        }
      } finally {
        bitmap.close();
      }
    } catch (error) {
      console.warn('no picture for the project list', error);
    }
  }
}
