/** Models of the shelf over one store and its workers: bringing them here, testing them, letting them go. */
import { isCancelled, toUserMessage } from '../../core/base/errors';
import type { HydratedModel } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL, canPrompt, models, type ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import type { ModelsService, SegmentService } from '../services';
import { busyMessage } from './engineInUse';
import { keepMirror } from './modelMirror';
import type { ModelsApp } from './modelsApp';

export type ModelsServices = {
  readonly models: ModelsService;
  readonly segment: Pick<SegmentService, 'forgetModel' | 'selfTest'>;
};

export type ModelsOptions = {
  /** Loads the prompting model anew. */
  readonly reloadPrompting: () => void;
  /** Whether a run, a study or a replay uses the engine. */
  readonly isEngineBusy: () => boolean;
  /** Tells other tabs that weights came or went. */
  readonly announce: () => void;
  /** Whether this device's graphics card computes with 16-bit numbers. */
  readonly hasHalfPrecision: () => Promise<boolean>;
};

export class ModelsUseCases implements ModelsApp {
  readonly #store: MaskflowStore;
  readonly #services: ModelsServices;
  readonly #options: ModelsOptions;
  readonly #hydrations = new Map<ModelId, AbortController>();
  #opening: Promise<void> | null = null;

  constructor(store: MaskflowStore, services: ModelsServices, options: ModelsOptions) {
    this.#store = store;
    this.#services = services;
    this.#options = options;
  }

  readonly openShelf: ModelsApp['openShelf'] = () => {
    void this.#readParts();
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = null;
      this.#store.getState().showError(toUserMessage(error));
    });
    return this.#opening;
  };

  readonly hydrate: ModelsApp['hydrate'] = async (id, request) => {
    if (this.#hydrations.has(id)) {
      return;
    }
    const { hydratedModels, setModelArrival, setModelTest } = this.#store.getState();
    if (hydratedModels[id] && this.#options.isEngineBusy()) {
      setModelArrival(id, { kind: 'failed', message: busyMessage(id), details: [] });
      return;
    }
    const controller = new AbortController();
    this.#hydrations.set(id, controller);
    setModelArrival(id, { kind: 'working', phase: 'Starting', fraction: null });
    setModelTest(id, null);
    try {
      const outcome = await this.#services.models.hydrate(id, request, {
        signal: controller.signal,
        onProgress: (progress) => {
          if (!controller.signal.aborted) {
            setModelArrival(id, { kind: 'working', ...progress });
          }
        },
      });
      if (outcome.kind === 'refused') {
        const { message, details } = outcome;
        setModelArrival(id, { kind: 'failed', message, details });
        return;
      }
      await this.#arrived(id, outcome.model);
    } catch (error) {
      const message = toUserMessage(error);
      setModelArrival(id, isCancelled(error) ? null : { kind: 'failed', message, details: [] });
      return;
    } finally {
      this.#hydrations.delete(id);
      void this.#readParts();
    }
    await this.#engineLoaded();
    await this.test(id);
  };

  readonly cancelHydration: ModelsApp['cancelHydration'] = (id) => this.#hydrations.get(id)?.abort();

  readonly discardDownload: ModelsApp['discardDownload'] = async (id) => {
    try {
      await this.#services.models.discardDownload(id);
    } catch (error) {
      this.#store
        .getState()
        .setModelArrival(id, { kind: 'failed', message: toUserMessage(error), details: [] });
    }
    await this.#readParts();
  };

  readonly remove: ModelsApp['remove'] = async (id) => {
    const { ask, showNotice, showError } = this.#store.getState();
    const { name } = models[id];
    const blocker = (): string | null =>
      this.#hydrations.has(id)
        ? `${name} is being read from its file. Cancel that, or wait for its end, before you remove it.`
        : this.#options.isEngineBusy()
          ? 'The engine is at work. Stop it, or wait for its end, before you remove a model.'
          : null;
    const before = blocker();
    if (before !== null) {
      showNotice(before);
      return;
    }
    const isSure = await ask({
      title: `Remove ${name} from this device?`,
      text: 'Its weights are deleted here. To use it again, give it the official file once more. Masks that it drew stay.',
      confirmLabel: 'Remove',
    });
    if (!isSure) {
      return;
    }
    // A run may have begun under the question.
    const since = blocker();
    if (since !== null) {
      showNotice(since);
      return;
    }
    try {
      const { promptingModel, propagationEngine, setPromptingModel, setPropagationEngine } =
        this.#store.getState();
      if (propagationEngine === id) {
        setPropagationEngine('memory');
      }
      if (promptingModel === id) {
        setPromptingModel(BUILT_IN_MODEL);
      }
      await this.#services.segment.forgetModel(id);
      await this.#services.models.remove(id);
      this.#store.getState().setModelTest(id, null);
      this.#store.getState().setModelArrival(id, null);
      this.#store.getState().setHydratedModel(id, null);
      this.#options.announce();
      await this.#readParts();
    } catch (error) {
      showError(toUserMessage(error));
    }
  };

  readonly test: ModelsApp['test'] = async (id) => {
    const { hydratedModels, engine, setModelTest } = this.#store.getState();
    if (!hydratedModels[id] || this.#options.isEngineBusy() || engine.kind !== 'ready') {
      return;
    }
    setModelTest(id, { kind: 'running' });
    try {
      const test = await this.#services.segment.selfTest(id);
      setModelTest(id, { kind: 'done', test });
    } catch (error) {
      setModelTest(id, { kind: 'failed', message: toUserMessage(error) });
    }
  };

  readonly setMirror: ModelsApp['setMirror'] = (modelMirror) => {
    keepMirror(modelMirror);
    this.#store.getState().setModelsData({ modelMirror });
  };

  readonly choosePrompting: ModelsApp['choosePrompting'] = (id) => {
    const { promptingModel, engine, hydratedModels, showNotice, setPromptingModel } = this.#store.getState();
    if (this.#options.isEngineBusy()) {
      showNotice(`${models[id].name} draws from prompts as soon as the engine is done with its work.`);
    } else if (
      promptingModel === id &&
      hydratedModels[id] &&
      engine.kind === 'ready' &&
      engine.info.modelId !== id
    ) {
      // It is the setting already, and could not be loaded.
      this.#options.reloadPrompting();
    }
    setPromptingModel(id);
  };

  async #readParts(): Promise<void> {
    try {
      const partialDownloads = await this.#services.models.partialDownloads();
      this.#store.getState().setModelsData({ partialDownloads });
    } catch {
      // Where storage is forbidden nothing is kept of a download.
    }
  }

  async #open(): Promise<void> {
    const [offers, hasHalfPrecision] = await Promise.all([
      this.#services.models.offers(),
      this.#options.hasHalfPrecision(),
    ]);
    this.#store.getState().setModelsData({
      modelOffers: Object.fromEntries(offers.map((offer) => [offer.id, offer])),
      hasHalfPrecision,
    });
  }

  /** Resolves at once where the engine is not being loaded. */
  #engineLoaded(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#store.subscribe(check);
      function check({ engine }: Pick<MaskflowState, 'engine'>): void {
        if (engine.kind !== 'loading') {
          stop();
          resolve();
        }
      }
      check(this.#store.getState());
    });
  }

  /** New weights are here: what runs with old ones starts anew. */
  async #arrived(id: ModelId, model: HydratedModel): Promise<void> {
    const { engine } = this.#store.getState();
    await this.#services.segment.forgetModel(id);
    this.#store.getState().setHydratedModel(id, model);
    this.#store.getState().setModelArrival(id, null);
    this.#options.announce();
    if (canPrompt(id) && engine.kind === 'ready' && engine.info.modelId === id) {
      this.#options.reloadPrompting();
    }
  }
}
