/** Self-tests of models: running them, and keeping what they found until the weights change. */
import { isCancelled, toUserMessage } from '../../core/base/errors';
import { BUILT_IN_MODEL, type ModelId } from '../../core/models/shelf';
import { isLongTest } from '../../core/models/modelTest';
import type { MaskflowStore } from '../../state/store';
import type { ModelsService, SegmentService } from '../services';

export type ModelTestsServices = {
  readonly models: Pick<ModelsService, 'keptTests' | 'keepTest'>;
  readonly segment: Pick<SegmentService, 'selfTest'>;
};

export class ModelTests {
  readonly #store: MaskflowStore;
  readonly #services: ModelTestsServices;
  readonly #isEngineBusy: () => boolean;
  readonly #running = new Map<ModelId, AbortController>();

  constructor(store: MaskflowStore, services: ModelTestsServices, isEngineBusy: () => boolean) {
    this.#store = store;
    this.#services = services;
    this.#isEngineBusy = isEngineBusy;
  }

  /** As `run`, for weights that have just come; those of which it takes minutes wait to be asked for. */
  async runByItself(id: ModelId): Promise<void> {
    const { hydratedModels, engine } = this.#store.getState();
    const { storedBytes = 0 } = hydratedModels[id] ?? {};
    if (engine.kind === 'ready' && !isLongTest(storedBytes, engine.info.provider)) {
      await this.run(id);
    }
  }

  /** Ends a test with the picture that it is at; what was known before is told again. */
  stop(id: ModelId): void {
    const controller = this.#running.get(id);
    if (controller) {
      this.#store.getState().setModelTest(id, { kind: 'running', isStopping: true });
      controller.abort();
    }
  }

  /** Runs a model that is here on a fixed input; does nothing while the engine is at work or not there. */
  async run(id: ModelId): Promise<void> {
    const { hydratedModels, engine, modelTests, setModelTest } = this.#store.getState();
    const isHere = id === BUILT_IN_MODEL || hydratedModels[id] !== undefined;
    if (!isHere || this.#isEngineBusy() || engine.kind !== 'ready' || this.#running.has(id)) {
      return;
    }
    const before = modelTests[id] ?? null;
    const controller = new AbortController();
    this.#running.set(id, controller);
    setModelTest(id, { kind: 'running' });
    try {
      const measured = await this.#services.segment.selfTest(id, { signal: controller.signal });
      setModelTest(id, { kind: 'done', measured });
      await this.#services.models.keepTest(id, measured).catch(() => undefined);
    } catch (error) {
      setModelTest(id, isCancelled(error) ? before : { kind: 'failed', message: toUserMessage(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  /** Takes what earlier visits measured of the weights that are here. */
  async readKept(): Promise<void> {
    const kept = await this.#services.models.keptTests().catch(() => []);
    for (const { id, measured } of kept) {
      const { modelTests, setModelTest } = this.#store.getState();
      if (!modelTests[id]) {
        setModelTest(id, { kind: 'done', measured });
      }
    }
  }
}
