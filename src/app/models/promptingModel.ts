/** Keeps the engine loaded with the model that is chosen to draw from prompts. */
import { BUILT_IN_MODEL, models, type PromptingModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import { LatestWins } from '../latestWins';

/** The one that is chosen, or the one that comes with the app while that is not on this device. */
export function promptingModelInUse({
  promptingModel,
  hydratedModels,
}: Pick<MaskflowState, 'promptingModel' | 'hydratedModels'>): PromptingModelId {
  return hydratedModels[promptingModel] ? promptingModel : BUILT_IN_MODEL;
}

/** Whether something draws with the model: it must not be exchanged meanwhile. */
function isInUse({ propagation, studyJob, replayJob }: MaskflowState): boolean {
  return propagation !== null || studyJob !== null || replayJob !== null;
}

export class PromptingModel {
  readonly #store: MaskflowStore;
  readonly #loads: LatestWins<PromptingModelId>;
  #wanted: PromptingModelId = BUILT_IN_MODEL;
  /** Could not be loaded, and is not tried again until it is chosen anew or has other weights. */
  #failed: PromptingModelId | null = null;
  /** Whether it is known which models are on this device. */
  #isShelfKnown = false;

  /** `load` brings the engine up with a model, tells the state how that went, and says whether it did. */
  constructor(store: MaskflowStore, load: (model: PromptingModelId) => Promise<boolean>) {
    this.#store = store;
    this.#loads = new LatestWins(async (model) => {
      if (!(await load(model)) && model !== BUILT_IN_MODEL && model === this.#wanted) {
        this.#fallBack(model);
      }
    });
  }

  /** Loads the model, and from now on whichever is chosen, as soon as nothing draws with the one before. */
  start(): void {
    this.reload();
    this.#store.subscribe((state, previous) => {
      if (state.promptingModel !== previous.promptingModel) {
        this.#failed = null;
        this.#tellAbsent();
      }
      if (this.#failed && state.hydratedModels[this.#failed] !== previous.hydratedModels[this.#failed]) {
        this.#failed = null;
      }
      if (!isInUse(state) && this.#choice() !== this.#wanted) {
        this.#request();
      }
    });
  }

  /** Which models are on this device is in the state now. */
  shelfKnown(): void {
    this.#isShelfKnown = true;
    this.#tellAbsent();
  }

  /** Loads the model anew, also when it is the same or could not be loaded before. */
  reload(): void {
    this.#failed = null;
    this.#request();
  }

  #request(): void {
    this.#wanted = this.#choice();
    this.#loads.request(this.#wanted);
  }

  #choice(): PromptingModelId {
    const model = promptingModelInUse(this.#store.getState());
    return model === this.#failed ? BUILT_IN_MODEL : model;
  }

  /** Without an engine nothing works; the one that comes with the app runs anywhere. The project's choice stays. */
  #fallBack(model: PromptingModelId): void {
    this.#failed = model;
    this.#request();
    this.#store
      .getState()
      .showNotice(
        `${models[model].name} could not be loaded, so MobileSAM draws from prompts meanwhile. The project keeps its choice.`,
      );
  }

  /** A project may have been made on another device. */
  #tellAbsent(): void {
    const state = this.#store.getState();
    if (this.#isShelfKnown && promptingModelInUse(state) !== state.promptingModel) {
      const { name } = models[state.promptingModel];
      state.showNotice(
        state.outdatedModels[state.promptingModel]
          ? `This project draws from prompts with ${name}, whose weights here are of an earlier version: MobileSAM does until its file is read again on the models page.`
          : `This project draws from prompts with ${name}, which is not on this device: MobileSAM does until it is.`,
      );
    }
  }
}
