/** Models of the shelf over one store and its workers: bringing them here, testing them, letting them go. */
import { isCancelled, toUserMessage } from '../../core/base/errors';
import type { FileRefusal } from '../../core/models/hydration';
import { beginsWithHalf, offeredVariant } from '../../core/models/modelOffer';
import type { HydratedModel } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL, canPrompt, models, type ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import type { HydrationRequest } from '../../workers/models/modelsProtocol';
import type { ModelsService, SegmentService } from '../services';
import { busyMessage } from './engineInUse';
import { HostEnquiries } from './hostEnquiries';
import { keepMirror } from './modelMirror';
import { ModelTests } from './modelTests';
import type { ModelsApp } from './modelsApp';
import { roomLeft } from './roomLeft';

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
  readonly #tests: ModelTests;
  readonly #enquiries: HostEnquiries;
  readonly #hydrations = new Map<ModelId, AbortController>();
  /** Files that turned out to be another model's. */
  readonly #misplaced = new Map<ModelId, { readonly owner: ModelId; readonly file: File }>();
  #opening: Promise<void> | null = null;

  constructor(store: MaskflowStore, services: ModelsServices, options: ModelsOptions) {
    this.#store = store;
    this.#services = services;
    this.#options = options;
    this.#tests = new ModelTests(store, services, options.isEngineBusy);
    this.#enquiries = new HostEnquiries(store, services.models);
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
    const { hydratedModels, setModelArrival } = this.#store.getState();
    if (hydratedModels[id] && this.#options.isEngineBusy()) {
      setModelArrival(id, { kind: 'failed', message: busyMessage(id), details: [] });
      return;
    }
    const controller = new AbortController();
    this.#hydrations.set(id, controller);
    this.#enquiries.end(id);
    this.#misplaced.delete(id);
    setModelArrival(id, { kind: 'working', phase: 'Starting', fraction: null });
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
        this.#refused(id, request, outcome);
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
    await this.#tests.runByItself(id);
  };

  readonly askHost: ModelsApp['askHost'] = (id, url) => this.#enquiries.ask(id, url);

  readonly endEnquiry: ModelsApp['endEnquiry'] = (id) => this.#enquiries.end(id);

  readonly readWhereItBelongs: ModelsApp['readWhereItBelongs'] = async (id) => {
    const misplaced = this.#misplaced.get(id);
    if (misplaced && (await this.#mayRead(misplaced.owner, misplaced.file, id))) {
      this.#misplaced.delete(id);
      this.#store.getState().setModelArrival(id, null);
      await this.#readAs(misplaced.owner, misplaced.file);
    }
  };

  readonly readWhoevers: ModelsApp['readWhoevers'] = async (file) => {
    const { showNotice, showError } = this.#store.getState();
    try {
      const owner = await this.#ownerOf(file);
      if (owner === undefined) {
        return;
      }
      if (owner === null || owner === BUILT_IN_MODEL) {
        showNotice(`${file.name} is none of the files that models on this page are read from.`);
        return;
      }
      if (await this.#mayRead(owner, file, BUILT_IN_MODEL)) {
        await this.#readAs(owner, file);
      }
    } catch (error) {
      showError(toUserMessage(error));
    }
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
      const instead: string[] = [];
      if (propagationEngine === id) {
        setPropagationEngine('memory');
        instead.push('the memory engine is chosen for propagation');
      }
      if (promptingModel === id) {
        setPromptingModel(BUILT_IN_MODEL);
        instead.push(`${models[BUILT_IN_MODEL].name} draws from prompts`);
      }
      await this.#services.segment.forgetModel(id);
      await this.#services.models.remove(id);
      this.#store.getState().setModelTest(id, null);
      this.#store.getState().setModelArrival(id, null);
      this.#store.getState().setHydratedModel(id, null);
      this.#store.getState().setOutdatedModel(id, null);
      this.#options.announce();
      if (instead.length > 0) {
        showNotice(`${name} was removed: ${instead.join(', and ')} from now on.`);
      }
      await this.#readParts();
    } catch (error) {
      showError(toUserMessage(error));
    }
  };

  readonly test: ModelsApp['test'] = (id) => this.#tests.run(id);

  readonly stopTest: ModelsApp['stopTest'] = (id) => this.#tests.stop(id);

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

  #refused(id: ModelId, request: HydrationRequest, { message, details, belongsTo }: FileRefusal): void {
    if (belongsTo && request.from instanceof File) {
      this.#misplaced.set(id, { owner: belongsTo, file: request.from });
    }
    const { setModelArrival } = this.#store.getState();
    setModelArrival(id, { kind: 'failed', message, details, ...(belongsTo ? { belongsTo } : {}) });
  }

  /** Undefined where the user cancelled, or another file is being looked at. */
  async #ownerOf(file: File): Promise<ModelId | null | undefined> {
    if (this.#hydrations.has(BUILT_IN_MODEL)) {
      return undefined;
    }
    const { setModelArrival } = this.#store.getState();
    const controller = new AbortController();
    this.#hydrations.set(BUILT_IN_MODEL, controller);
    controller.signal.addEventListener('abort', () => setModelArrival(BUILT_IN_MODEL, null));
    const phase = `Looking which model ${file.name} belongs to`;
    setModelArrival(BUILT_IN_MODEL, { kind: 'working', phase, fraction: null });
    try {
      const owner = await this.#services.models.whose(file);
      return controller.signal.aborted ? undefined : owner;
    } finally {
      this.#hydrations.delete(BUILT_IN_MODEL);
      setModelArrival(BUILT_IN_MODEL, null);
    }
  }

  /** Asks before weights that are here are replaced; otherwise the page stays at the model `at`. */
  async #mayRead(owner: ModelId, file: File, at: ModelId): Promise<boolean> {
    const { hydratedModels, ask, showModels, showNotice, setStudyData } = this.#store.getState();
    const { name } = models[owner];
    const here = hydratedModels[owner];
    if (this.#hydrations.has(owner)) {
      showNotice(`${name} is being read from a file already. Wait for its end, or cancel that.`);
      return false;
    }
    if (!here) {
      return true;
    }
    if (this.#options.isEngineBusy()) {
      showNotice(busyMessage(owner).what);
      return false;
    }
    // The question must not lie under the models page.
    setStudyData({ openTool: null });
    const isSure = await ask({
      title: `Replace the weights of ${name}?`,
      text: `${file.name} is a file of ${name}, whose weights are here, read from ${here.checkpointName}. They are deleted once those of ${file.name} are whole.`,
      confirmLabel: 'Replace',
    });
    showModels(at);
    return isSure;
  }

  /** In the precision that is here, or else the one that the page offers at first. */
  async #readAs(owner: ModelId, file: File): Promise<void> {
    const { hydratedModels, modelOffers, hasHalfPrecision, showModels } = this.#store.getState();
    const offer = modelOffers?.[owner];
    const here = hydratedModels[owner]?.variant;
    const wantsHalf =
      hasHalfPrecision === true && (here === undefined ? beginsWithHalf(owner) : here === 'fp16');
    showModels(owner);
    await this.hydrate(owner, { from: file, variant: offer ? offeredVariant(offer, wantsHalf) : 'fp32' });
  }

  /** What lies on this device beside models, and what there is room for. */
  async #readParts(): Promise<void> {
    try {
      const [partialDownloads, roomBytes] = await Promise.all([
        this.#services.models.partialDownloads(),
        roomLeft(),
      ]);
      this.#store.getState().setModelsData({ partialDownloads, roomBytes });
    } catch {
      // Where storage is forbidden nothing is kept of a download.
    }
  }

  async #open(): Promise<void> {
    const [offers, hasHalfPrecision] = await Promise.all([
      this.#services.models.offers(),
      this.#options.hasHalfPrecision(),
      this.#tests.readKept(),
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
    this.#store.getState().setModelTest(id, null);
    this.#store.getState().setHydratedModel(id, model);
    this.#store.getState().setOutdatedModel(id, null);
    this.#store.getState().setModelArrival(id, null);
    this.#options.announce();
    if (canPrompt(id) && engine.kind === 'ready' && engine.info.modelId === id) {
      this.#options.reloadPrompting();
    }
  }
}
