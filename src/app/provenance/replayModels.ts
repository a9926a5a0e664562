/** Whether the models that a log was drawn with are the ones at hand, as replaying it needs. */
import { UserFacingError } from '../../core/base/errors';
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { LoggedModel } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL, models, type ModelId } from '../../core/models/shelf';
import type { Environment, LogEntry, ProvenanceLog } from '../../core/provenance/log';
import type { HydratedModels } from '../../state/slices/modelsState';
import { runModel } from '../models/runModel';

type AtHand = {
  readonly hydratedModels: HydratedModels;
  /** What draws from prompts now; null while no engine is ready. */
  readonly engine: EngineInfo | null;
};

/**
 * Throws a UserFacingError (`model-missing`) that names the file which is missing: weights that are not on this device,
 * weights that were read from another file, or a prompting model that is not the one in use. The same weights in
 * another precision will do.
 */
export function checkReplayModels(
  { environments }: Pick<ProvenanceLog, 'environments'>,
  entries: readonly LogEntry[],
  atHand: AtHand,
): void {
  entries
    .flatMap(({ actions }) => actions)
    .forEach((action) => {
      if (action.kind === 'run' && action.parameters?.model && action.result) {
        checkWeights(action.parameters.model, atHand.hydratedModels);
      }
    });
  const drawing = entries.flatMap(({ environment, actions }) => {
    const used =
      environment !== null && actions.some(usesPromptingModel) ? environments[environment] : undefined;
    return used ? [{ environment: used, isMemory: actions.some(isMemoryRun) }] : [];
  });
  const isVideoModel = [
    atHand.engine?.modelId,
    ...drawing.map(({ environment }) => environment.model?.id),
  ].some((id) => id !== undefined && models[id].family === 'sam2');
  // Beside a model of SAM 2's family the memory engine works with the bundled one, which is always at hand.
  const prompting = drawing
    .filter(({ environment, isMemory }) => !(isMemory && !environment.model && isVideoModel))
    .map(({ environment }) => environment);
  prompting.forEach((environment) => checkPrompting(environment, prompting, atHand));
}

function usesPromptingModel(action: LogEntry['actions'][number]): boolean {
  if (action.kind === 'run') {
    return action.parameters !== null && action.parameters.model === undefined;
  }
  return action.kind === 'prompts';
}

function isMemoryRun(action: LogEntry['actions'][number]): boolean {
  const method = action.kind === 'run' ? action.parameters?.method : undefined;
  return method?.kind === 'propagate' && method.engine === 'memory';
}

function checkWeights(wanted: LoggedModel, hydrated: HydratedModels): void {
  const found = runModel(hydrated, wanted.id);
  if (!found) {
    throw missing(
      `${models[wanted.id].name} drew some of these masks, and its weights are not on this device.`,
      wanted,
    );
  }
  const isOther =
    wanted.checkpointSha256 !== null &&
    found.checkpointSha256 !== null &&
    wanted.checkpointSha256 !== found.checkpointSha256;
  if (isOther) {
    throw missing(
      `${models[wanted.id].name} drew some of these masks with weights of another file than ${found.checkpointName}, which is the one on this device.`,
      wanted,
    );
  }
}

function checkPrompting(
  { model, modelName }: Environment,
  all: readonly Environment[],
  { hydratedModels, engine }: AtHand,
): void {
  if (model) {
    checkWeights(model, hydratedModels);
  }
  const wanted: ModelId = model?.id ?? BUILT_IN_MODEL;
  const present: ModelId = engine?.modelId ?? BUILT_IN_MODEL;
  // Where several drew, no choice serves all, and the comparison itself tells what became of it.
  const isOnlyOne = all.every((other) => (other.model?.id ?? BUILT_IN_MODEL) === wanted);
  if (engine && isOnlyOne && wanted !== present) {
    throw new UserFacingError({
      code: 'model-missing',
      what: `These prompts were drawn by ${modelName}, and ${models[present].name} is in use now.`,
      safe: 'Nothing was drawn, and your masks are as they were.',
      todo: `Choose ${models[wanted].name} for prompts on the models page, then replay again.`,
    });
  }
}

function missing(what: string, { id, checkpointName, checkpointSha256 }: LoggedModel): UserFacingError {
  const hash = checkpointSha256 === null ? '' : ` (SHA-256 ${checkpointSha256})`;
  return new UserFacingError({
    code: 'model-missing',
    what,
    safe: 'Nothing was drawn, and your masks are as they were.',
    todo: `Give ${models[id].name} the file ${checkpointName}${hash} on the models page, then replay again.`,
  });
}
