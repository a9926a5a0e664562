/** Which model of the shelf draws a run, and whether it can. */
import { UserFacingError } from '../../core/base/errors';
import { loggedModel, type LoggedModel } from '../../core/models/modelStatus';
import { models, videoModels, type ModelId, type VideoModelId } from '../../core/models/shelf';
import type { PropagationEngineId } from '../../core/segment/segmentation';
import type { HydratedModels } from '../../state/slices/modelsState';

/** As the log names it; null for the model that comes with the app, and where the weights are not on this device. */
export function runModel(hydrated: HydratedModels, id: ModelId): LoggedModel | null {
  const model = hydrated[id];
  return model ? loggedModel(id, model) : null;
}

/** The shelf's model that an engine is; null for the engines that come with the app. */
export function shelfModelOf(engine: PropagationEngineId): VideoModelId | null {
  return videoModels.find((id) => id === engine) ?? null;
}

/**
 * The model that an engine runs; null for engines that come with the app. Throws a UserFacingError (`model-missing`)
 * where its weights are not on this device.
 */
export function engineModel(hydrated: HydratedModels, engine: PropagationEngineId): LoggedModel | null {
  const id = shelfModelOf(engine);
  if (id === null) {
    return null;
  }
  const model = runModel(hydrated, id);
  if (!model) {
    throw modelNotHere(id);
  }
  return model;
}

export function modelNotHere(id: ModelId): UserFacingError {
  return new UserFacingError({
    code: 'model-missing',
    what: `The weights of ${models[id].name} are not on this device.`,
    safe: 'Your prompts and masks are as they were.',
    todo: 'Get them from the official file on the models page (weights of an earlier version are read again), or choose another engine.',
  });
}
