/** Keeps the models of the shelf that are in use started, wherever SAM runs, and gives their memory back. */
import type { Provider } from '../../core/engine/engineInfo';
import type { ModelId } from '../../core/models/shelf';
import type { Place } from '../ort/place';
import type { ShelfModelFiles } from './shelfFiles';
import type { ShelfModel } from './shelfModel';
import { canRun, releaseGraphs, startGraphs, type GraphSessions, type StartOptions } from './shelfSessions';

/** Lends the place where sessions run; does the work again at another one when the device is lost meanwhile. */
export type UsePlace = <T>(work: (place: Place) => Promise<T>) => Promise<T>;

type Started = {
  readonly place: Place;
  readonly sessions: Promise<GraphSessions>;
};

/** One model: started when first used at a place; once it was given back, no longer than somebody is at work. */
class HostedModel implements ShelfModel {
  readonly files: ShelfModelFiles;
  readonly #usePlace: UsePlace;
  readonly #options: StartOptions;
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

  async use<T>(work: (graphs: GraphSessions) => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await this.#usePlace(async (place) => work(await this.#sessionsAt(place)));
    } finally {
      this.#users -= 1;
      await this.#releaseIfUnwanted();
    }
  }

  /** Gives the memory back as soon as nobody is at work, now and after each later use. */
  async release(): Promise<void> {
    this.#isUnwanted = true;
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
      throw error;
    }
  }

  async #replace(old: Started | null, { context, device }: Place): Promise<GraphSessions> {
    // What could not be started has nothing to release.
    await releaseGraphs((await old?.sessions.catch(() => null)) ?? {});
    if (device && canRun(this.files, device)) {
      try {
        return await startGraphs(context, this.files, device, this.#options);
      } catch {
        // Too large for the graphics card, or more than it can do: the processor is slower, and can.
      }
    }
    return startGraphs(context, this.files, null, this.#options);
  }

  async #releaseIfUnwanted(): Promise<void> {
    const started = this.#started;
    if (this.#isUnwanted && this.#users === 0 && started) {
      this.#started = null;
      await releaseGraphs((await started.sessions.catch(() => null)) ?? {});
    }
  }
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
  async model(
    id: ModelId,
    options: StartOptions = {},
  ): Promise<ShelfModel & { readonly files: ShelfModelFiles }> {
    const known = this.#models.get(id);
    if (known) {
      return known;
    }
    const made = this.#loadFiles(id).then((files) => new HostedModel(files, this.#usePlace, options));
    this.#models.set(id, made);
    made.catch(() => this.#models.delete(id));
    return made;
  }

  /** Where models run at the moment. */
  provider(): Promise<Provider> {
    return this.#usePlace(async ({ device }) => (device ? 'webgpu' : 'wasm'));
  }

  /** Gives back the memory of all models but these, and forgets their files. */
  async keepOnly(ids: readonly ModelId[]): Promise<void> {
    for (const id of [...this.#models.keys()].filter((known) => !ids.includes(known))) {
      await this.forget(id);
    }
  }

  /** Gives back a model's memory, as soon as nobody is at work with it, and forgets its files. */
  async forget(id: ModelId): Promise<void> {
    const model = this.#models.get(id);
    this.#models.delete(id);
    await (await model?.catch(() => null))?.release();
  }
}
