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
  /** Whether it is known which models are on this device. */
  #isShelfKnown = false;

  /** `load` brings the engine up with a model, tells the state how that went, and says whether it did. */
  constructor(store: MaskflowStore, load: (model: PromptingModelId) => Promise<boolean>) {
    this.#store = store;
    this.#loads = new LatestWins(async (model) => {
      if (!(await load(model)) && model !== BUILT_IN_MODEL) {
        // Without an engine nothing works; the one that comes with the app runs anywhere.
        store.getState().setPromptingModel(BUILT_IN_MODEL);
      }
    });
  }

  /** Loads the model, and from now on whichever is chosen, as soon as nothing draws with the one before. */
  start(): void {
    this.reload();
    this.#store.subscribe((state, previous) => {
      if (state.promptingModel !== previous.promptingModel) {
        this.#tellAbsent();
      }
      if (!isInUse(state) && promptingModelInUse(state) !== this.#wanted) {
        this.reload();
      }
    });
  }

  /** Which models are on this device is in the state now. */
  shelfKnown(): void {
    this.#isShelfKnown = true;
    this.#tellAbsent();
  }

  /** Loads the model anew, also when it is the same. */
  reload(): void {
    this.#wanted = promptingModelInUse(this.#store.getState());
    this.#loads.request(this.#wanted);
  }
  /** A project may have been made on another device. */
  #tellAbsent(): void {
    const state = this.#store.getState();
    if (this.#isShelfKnown && promptingModelInUse(state) !== state.promptingModel) {
      const { name } = models[state.promptingModel];
      state.showNotice(
        `This project draws from prompts with ${name}, which is not on this device: MobileSAM does until it is.`,
      );
    }
  }
}
