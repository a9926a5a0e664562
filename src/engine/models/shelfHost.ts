/** Keeps the models of the shelf that are in use started, wherever SAM runs, and gives their memory back. */
import { messageOf, UserFacingError } from '../../core/base/errors';
import type { Provider } from '../../core/engine/engineInfo';
import type { ModelId } from '../../core/models/shelf';
import type { Place } from '../ort/place';
import type { ShelfModelFiles } from './shelfFiles';
import type { ShelfModel } from './shelfModel';
import { canRun, releaseGraphs, startGraphs, type GraphSessions, type StartOptions } from './shelfSessions';

/** Lends the place where sessions run; does the work again at another one when the device is lost meanwhile. */
export type UsePlace = <T>(work: (place: Place) => Promise<T>) => Promise<T>;

/** Where a model runs. */
export type Standing = {
  readonly provider: Provider;
  /** Why it is not on the graphics card, although there is one in use; null when it is, or when there is none. */
  readonly fallbackReason: string | null;
};

/** A model that may be kept started for longer than a single use. */
export interface LentModel extends ShelfModel {
  readonly files: ShelfModelFiles;
  /** Where it was started last; null before that. */
  readonly standing: Standing | null;
  /** Starts it, if need be, and says where it runs. */
  start(): Promise<Standing>;
  /** Keeps it usable until the returned function is called, also when it is given back meanwhile. */
  hold(): () => Promise<void>;
}

type Started = {
  readonly place: Place;
  readonly sessions: Promise<GraphSessions>;
};

/**
 * One model: started when first used at a place. Once it was given back it serves those who are at work with it or hold
 * it, and nobody else: its files may be gone.
 */
class HostedModel implements LentModel {
  readonly files: ShelfModelFiles;
  readonly #usePlace: UsePlace;
  readonly #options: StartOptions;
  #standing: Standing | null = null;
  #started: Started | null = null;
  #users = 0;
  #isUnwanted = false;

  constructor(files: ShelfModelFiles, usePlace: UsePlace, options: StartOptions) {
    this.files = files;
    this.#usePlace = usePlace;
    this.#options = options;
  }

  get config(): unknown {
    return this.files.manifest.config;
  }

  get standing(): Standing | null {
    return this.#standing;
  }

  async start(): Promise<Standing> {
    return this.use(async () => this.#standing!);
  }

  hold(): () => Promise<void> {
    let isHeld = true;
    this.#users += 1;
    return async () => {
      if (isHeld) {
        isHeld = false;
        await this.#leave();
      }
    };
  }

  async use<T>(work: (graphs: GraphSessions) => Promise<T>): Promise<T> {
    if (this.#isUnwanted && this.#users === 0) {
      throw givenBack(this.files);
    }
    this.#users += 1;
    try {
      return await this.#usePlace(async (place) => work(await this.#sessionsAt(place)));
    } finally {
      await this.#leave();
    }
  }

  /** Gives the memory back as soon as nobody is at work with it or holds it. */
  async release(): Promise<void> {
    this.#isUnwanted = true;
    await this.#releaseIfUnwanted();
  }

  async #leave(): Promise<void> {
    this.#users -= 1;
    await this.#releaseIfUnwanted();
  }

  async #sessionsAt(place: Place): Promise<GraphSessions> {
    const old = this.#started;
    const started = old?.place === place ? old : { place, sessions: this.#replace(old, place) };
    this.#started = started;
    try {
      return await started.sessions;
    } catch (error) {
      // The next use tries again.
      if (this.#started === started) {
        this.#started = null;
      }
      throw this.#isUnwanted ? givenBack(this.files, error) : error;
    }
  }

  async #replace(old: Started | null, { context, device }: Place): Promise<GraphSessions> {
    // What could not be started has nothing to release.
    await releaseGraphs((await old?.sessions.catch(() => null)) ?? {});
    const { name } = this.files.manifest;
    let fallbackReason: string | null = null;
    if (device && canRun(this.files, device)) {
      try {
        const sessions = await startGraphs(context, this.files, device, this.#options);
        this.#standing = { provider: 'webgpu', fallbackReason };
        return sessions;
      } catch (error) {
        // Too large for the graphics card, or more than it can do: the processor is slower, and can.
        fallbackReason = `The graphics card could not run ${name} (${messageOf(error)}), so it runs on the processor.`;
      }
    } else if (device) {
      fallbackReason = `The graphics card does not compute with 16-bit numbers, so ${name} runs on the processor.`;
    }
    const sessions = await startGraphs(context, this.files, null, this.#options);
    this.#standing = { provider: 'wasm', fallbackReason };
    return sessions;
  }

  async #releaseIfUnwanted(): Promise<void> {
    const started = this.#started;
    if (this.#isUnwanted && this.#users === 0 && started) {
      this.#started = null;
      await releaseGraphs((await started.sessions.catch(() => null)) ?? {});
    }
  }
}

function givenBack({ manifest: { name } }: ShelfModelFiles, cause?: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'model-missing',
      what: `${name} was replaced or removed while it was in use.`,
      safe: 'Your prompts and masks are as they were.',
      todo: `Repeat the last step; if ${name} was removed, give it the official file on the models page first.`,
    },
    { cause },
  );
}

export class ShelfHost {
  readonly #usePlace: UsePlace;
  readonly #loadFiles: (id: ModelId) => Promise<ShelfModelFiles>;
  readonly #models = new Map<ModelId, Promise<HostedModel>>();

  constructor(usePlace: UsePlace, loadFiles: (id: ModelId) => Promise<ShelfModelFiles>) {
    this.#usePlace = usePlace;
    this.#loadFiles = loadFiles;
  }

  /**
   * The model, its sessions not yet started; the same object until it is released. Rejects as `loadFiles` does when its
   * weights are not on this device.
   */
  async model(id: ModelId, options: StartOptions = {}): Promise<LentModel> {
    const known = this.#models.get(id);
    if (known) {
      return known;
    }
    const made = this.#loadFiles(id).then((files) => new HostedModel(files, this.#usePlace, options));
    this.#models.set(id, made);
    made.catch(() => this.#models.delete(id));
    return made;
  }

  /** Gives back the memory of all models but these, and forgets their files. */
  async keepOnly(ids: readonly ModelId[]): Promise<void> {
    for (const id of [...this.#models.keys()].filter((known) => !ids.includes(known))) {
      await this.forget(id);
    }
  }

  /** Gives back a model's memory, as soon as nobody is at work with it or holds it, and forgets its files. */
  async forget(id: ModelId): Promise<void> {
    const model = this.#models.get(id);
    this.#models.delete(id);
    await (await model?.catch(() => null))?.release();
  }
}
