/** Keeps runs and changes of weights apart: none draws with files that are exchanged under it. */
import type { UserMessage } from '../../core/base/errors';
import { modelIds, models, type ModelId } from '../../core/models/shelf';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';

/** A model on this device whose weights are being exchanged for others; null for none. */
export function replacedModel({
  hydratedModels,
  modelArrivals,
}: Pick<MaskflowState, 'hydratedModels' | 'modelArrivals'>): ModelId | null {
  return modelIds.find((id) => hydratedModels[id] && modelArrivals[id]?.kind === 'working') ?? null;
}

/** Whether weights are being exchanged, which is then told: a run, a study or a replay has to wait. */
export function mustWaitForWeights(store: MaskflowStore): boolean {
  const id = replacedModel(store.getState());
  if (id === null) {
    return false;
  }
  store
    .getState()
    .showNotice(
      `The weights of ${models[id].name} are being replaced. Start again when that is done, or cancel it on the models page.`,
    );
  return true;
}

/** Why a model that is here takes no other weights now. */
export function busyMessage(id: ModelId): UserMessage {
  return {
    code: 'engine-busy',
    what: `The engine is at work, so the weights of ${models[id].name} stay as they are.`,
    safe: 'The run goes on, and nothing was read.',
    todo: 'Stop the run, or wait for its end, then give the file again.',
  };
}
