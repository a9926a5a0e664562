/** The shelf of models as this device has it. */
import type { ModelStatus } from '../../core/models/modelStatus';
import type { ModelId } from '../../core/models/shelf';

/** A model that is not in it has not been looked for yet, or comes with the app. */
export type ModelStates = Readonly<Partial<Record<ModelId, ModelStatus>>>;

export type ModelsSlice = {
  modelStates: ModelStates;
  /** The model that the models page is opened at; null: at its top. */
  shownModel: ModelId | null;
  setModelState(id: ModelId, status: ModelStatus): void;
  /** Opens the models page. */
  showModels(id: ModelId | null): void;
};
