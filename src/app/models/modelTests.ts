/** Self-tests of models: running them, and keeping what they found until the weights change. */
import { toUserMessage } from '../../core/base/errors';
import { BUILT_IN_MODEL, type ModelId } from '../../core/models/shelf';
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

  constructor(store: MaskflowStore, services: ModelTestsServices, isEngineBusy: () => boolean) {
    this.#store = store;
    this.#services = services;
    this.#isEngineBusy = isEngineBusy;
  }

  /** Runs a model that is here on a fixed input; does nothing while the engine is at work or not there. */
  async run(id: ModelId): Promise<void> {
    const { hydratedModels, engine, setModelTest } = this.#store.getState();
    const isHere = id === BUILT_IN_MODEL || hydratedModels[id] !== undefined;
    if (!isHere || this.#isEngineBusy() || engine.kind !== 'ready') {
      return;
    }
    setModelTest(id, { kind: 'running' });
    try {
      const measured = await this.#services.segment.selfTest(id);
      setModelTest(id, { kind: 'done', measured });
      await this.#services.models.keepTest(id, measured).catch(() => undefined);
    } catch (error) {
      setModelTest(id, { kind: 'failed', message: toUserMessage(error) });
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
