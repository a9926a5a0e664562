/** Keeps the list of models that are on this device true, also when another tab brings one or lets one go. */
import type { HydratedModel } from '../../core/models/modelStatus';
import { modelIds, models, type ModelId } from '../../core/models/shelf';
import type { MaskflowStore } from '../../state/store';
import type { HydratedModels } from '../../state/slices/modelsState';
import type { ModelsService, SegmentService } from '../services';
import { shelfModelOf } from './runModel';

/** Tabs tell each other here; what is told is only that there is something to read anew. */
export const SHELF_CHANNEL = 'maskflow-models';

export type ShelfNewsServices = {
  readonly models: Pick<ModelsService, 'hydrated'>;
  readonly segment: Pick<SegmentService, 'forgetModel'>;
};

export type ShelfNewsOptions = {
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>;
  /** Loads the prompting model anew. */
  readonly reloadPrompting: () => void;
  /** Whether a run, a study or a replay uses the engine. */
  readonly isEngineBusy: () => boolean;
};

export class ShelfNews {
  readonly #store: MaskflowStore;
  readonly #services: ShelfNewsServices;
  readonly #options: ShelfNewsOptions;
  /** What the engine may hold other weights of; it is told as soon as nothing draws. */
  readonly #stale = new Set<ModelId>();

  constructor(store: MaskflowStore, services: ShelfNewsServices, options: ShelfNewsOptions) {
    this.#store = store;
    this.#services = services;
    this.#options = options;
    options.channel.addEventListener('message', () => void this.refresh());
    store.subscribe(() => {
      this.#forgetStale();
      this.#leaveOutdated();
    });
  }

  /** Tells other tabs that weights came or went here. */
  announce(): void {
    this.#options.channel.postMessage('changed');
  }

  /** Reads anew which models are on this device. */
  async refresh(): Promise<void> {
    try {
      const before = this.#store.getState().hydratedModels;
      const ready = await this.#services.models.hydrated();
      if (this.#store.getState().hydratedModels !== before) {
        // What was read may be older than what came or went here meanwhile.
        await this.refresh();
        return;
      }
      const tableOf = (isOutdated: boolean) =>
        new Map(
          ready.filter((one) => (one.isOutdated ?? false) === isOutdated).map(({ id, model }) => [id, model]),
        );
      this.#take(before, tableOf(false));
      this.#takeOutdated(tableOf(true));
    } catch {
      // Where storage is forbidden no model is kept, and none can be used.
    }
  }

  #take(before: HydratedModels, ready: ReadonlyMap<ModelId, HydratedModel>): void {
    const { setHydratedModel, setModelTest } = this.#store.getState();
    for (const id of modelIds) {
      const old = before[id];
      const model = ready.get(id) ?? null;
      if (isSame(old, model)) {
        continue;
      }
      if (old) {
        this.#stale.add(id);
        setModelTest(id, null);
      }
      setHydratedModel(id, model);
      if (old && !model) {
        this.#leave(id, 'was removed in another tab');
      }
    }
  }

  #takeOutdated(found: ReadonlyMap<ModelId, HydratedModel>): void {
    const { outdatedModels, setOutdatedModel } = this.#store.getState();
    for (const id of modelIds) {
      const model = found.get(id) ?? null;
      if (!isSame(outdatedModels[id], model)) {
        setOutdatedModel(id, model);
      }
    }
  }

  /** A project may propagate with a model whose weights here are of an earlier version. */
  #leaveOutdated(): void {
    const { outdatedModels, hydratedModels, propagationEngine } = this.#store.getState();
    const id = shelfModelOf(propagationEngine);
    if (id !== null && outdatedModels[id] && !hydratedModels[id]) {
      this.#leave(id, 'has to be read from its file again, since its weights here are of an earlier version');
    }
  }

  #leave(id: ModelId, why: string): void {
    const { propagationEngine, setPropagationEngine, showNotice } = this.#store.getState();
    if (propagationEngine === id) {
      setPropagationEngine('memory');
      showNotice(`${models[id].name} ${why}: the memory engine is chosen for propagation from now on.`);
    }
  }

  #forgetStale(): void {
    if (this.#stale.size === 0 || this.#options.isEngineBusy()) {
      return;
    }
    const ids = [...this.#stale];
    this.#stale.clear();
    ids.forEach((id) => void this.#forget(id));
  }

  async #forget(id: ModelId): Promise<void> {
    try {
      await this.#services.segment.forgetModel(id);
    } catch {
      // An engine that is gone holds nothing.
    }
    const { engine, hydratedModels } = this.#store.getState();
    if (hydratedModels[id] && engine.kind === 'ready' && engine.info.modelId === id) {
      this.#options.reloadPrompting();
    }
  }
}

function isSame(old: HydratedModel | undefined, model: HydratedModel | null): boolean {
  return old && model
    ? old.hydratedAtMs === model.hydratedAtMs && old.weightsSha256 === model.weightsSha256
    : !old && !model;
}
