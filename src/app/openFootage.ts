/** Opens footage: what is open stays open, and in use, until the new footage is ready and the user agrees. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import type { FootageInfo } from '../core/video/footageInfo';
import { frameCount } from '../core/video/frameTable';
import type { MaskflowStore } from '../state/store';
import { hasWork } from '../state/work';
import type { InputFile } from './maskflowApp';
import type { Services } from './services';

/** The sample shipped with the app: a simulated film of two dyes in a turbulent channel. */
const SAMPLE = { url: 'samples/dye.mp4', name: 'two-dyes.mp4' };

/** What becomes of newly opened footage. */
export type FootagePlan = {
  /** Whether it may replace what is open; false closes it again. */
  readonly mayInstall: (info: FootageInfo) => Promise<boolean>;
  /** Puts it into the state. */
  readonly install: (info: FootageInfo) => void;
};

/** Keeps the work on footage, so that other footage can take its place. */
export interface FootageKeeper {
  /** Saves what is open. When all of it is kept, nobody need be asked; `begin` is called once the new is in place. */
  prepare(
    info: FootageInfo,
    files: readonly InputFile[],
    source: 'sample' | 'files',
  ): Promise<{ readonly isKept: boolean; readonly begin: () => void }>;
}

/** The sample clip. Throws a UserFacingError when it cannot be loaded. */
export async function sampleFiles(): Promise<readonly InputFile[]> {
  const response = await fetch(new URL(SAMPLE.url, document.baseURI));
  if (!response.ok) {
    throw new UserFacingError({
      code: 'footage-unreadable',
      what: `The sample clip could not be loaded (${response.status}).`,
      safe: 'What was open stays open.',
      todo: 'Open a video of your own, or start Maskflow again.',
    });
  }
  const file = new File([await response.blob()], SAMPLE.name, { type: 'video/mp4' });
  return [{ file, path: file.name }];
}

/** Whether masks of one fit the other, as far as can be told without looking at every frame. */
function isSameFootage(old: FootageInfo | null, fresh: FootageInfo): boolean {
  return (
    old !== null &&
    old.name === fresh.name &&
    old.width === fresh.width &&
    old.height === fresh.height &&
    frameCount(old.frameTable) === frameCount(fresh.frameTable)
  );
}

export class FootageOpener {
  readonly #store: MaskflowStore;
  readonly #services: Pick<Services, 'footage' | 'segment'>;
  #current: AbortController | null = null;
  #isAsking = false;
  /** The worker that served the open footage died. */
  #isLost = false;
  #keeper: FootageKeeper | null = null;

  constructor(store: MaskflowStore, services: Pick<Services, 'footage' | 'segment'>) {
    this.#store = store;
    this.#services = services;
    services.footage.onLost(() => {
      this.#isLost = true;
    });
  }

  /** Whoever keeps the work; without one, work is lost when other footage is opened, and the user is asked first. */
  setKeeper(keeper: FootageKeeper): void {
    this.#keeper = keeper;
  }

  /**
   * Opens files; shows an error and changes nothing when that fails. A newer call takes over from an older one.
   * Without a plan, the footage starts with an empty annotation. Resolves with whether it was installed.
   */
  async open(
    files: readonly InputFile[],
    plan: FootagePlan = this.#freshPlan(files, 'files'),
  ): Promise<boolean> {
    const [first] = files;
    if (!first) {
      return false;
    }
    this.cancel();
    const controller = new AbortController();
    this.#current = controller;
    const name = files.length === 1 ? first.file.name : `${files.length} files`;
    const { setOpening, showError } = this.#store.getState();
    setOpening({ name, progress: { phase: 'Reading', fraction: null } });
    try {
      const info = await this.#services.footage.open(files, {
        signal: controller.signal,
        onProgress: (progress) => {
          if (this.#current === controller) {
            setOpening({ name, progress });
          }
        },
      });
      const isReturn = this.#isLost && isSameFootage(this.#store.getState().footage, info);
      const mayReplace = isReturn || (!controller.signal.aborted && (await plan.mayInstall(info)));
      if (controller.signal.aborted || !mayReplace) {
        await this.#services.footage.close(info.footageId);
        return false;
      }
      const old = this.#store.getState().footage;
      this.#services.segment.setFootage(info.footageId);
      this.#isLost = false;
      if (isReturn) {
        this.#store.getState().reattachFootage(info);
        return true;
      }
      plan.install(info);
      if (old) {
        await this.#services.footage.close(old.footageId);
      }
      return true;
    } catch (error) {
      if (!isCancelled(error)) {
        showError(toUserMessage(error));
      }
      return false;
    } finally {
      if (this.#current === controller) {
        this.#current = null;
        setOpening(null);
      }
    }
  }

  async openSample(): Promise<void> {
    try {
      const files = await sampleFiles();
      await this.open(files, this.#freshPlan(files, 'sample'));
    } catch (error) {
      this.#store.getState().showError(toUserMessage(error));
    }
  }

  /** Gives up the opening under way, also while its question is on show. */
  cancel(): void {
    this.#current?.abort();
    if (this.#isAsking) {
      this.#store.getState().answer(false);
    }
  }

  #freshPlan(files: readonly InputFile[], source: 'sample' | 'files'): FootagePlan {
    let begin: (() => void) | undefined;
    return {
      mayInstall: async (info) => {
        const prepared = await this.#keeper?.prepare(info, files, source);
        begin = prepared?.begin;
        return prepared?.isKept || (await this.#mayReplace(info.name));
      },
      install: (info) => {
        this.#store.getState().replaceFootage(info);
        this.#store.temporal.getState().clear();
        begin?.();
      },
    };
  }

  async #mayReplace(newName: string): Promise<boolean> {
    const { footage, ask } = this.#store.getState();
    if (!footage || !hasWork(this.#store.getState())) {
      return true;
    }
    this.#isAsking = true;
    try {
      return await ask({
        title: `Close ${footage.name}?`,
        text: `${newName} is ready. Opening it closes ${footage.name} with its prompts and masks. Export the masks first if you want to keep them.`,
        confirmLabel: `Open ${newName}`,
      });
    } finally {
      this.#isAsking = false;
    }
  }
}
