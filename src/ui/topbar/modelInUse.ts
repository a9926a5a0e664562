/** The weights that draw from prompts, in words: how precise they are, and whether they are the official file's. */
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { HydratedModel } from '../../core/models/modelStatus';
import { BUILT_IN_MODEL } from '../../core/models/shelf';
import type { EngineStatus, MaskflowState } from '../../state/maskflowState';
import { modelsText } from '../text/modelsText';
import { engineFactsText } from '../text/engineText';
import { filled } from '../text/projectText';

/** Whether the model that is loaded had to be brought to this device. */
export function isBrought({ modelId }: EngineInfo): boolean {
  return modelId !== undefined && modelId !== BUILT_IN_MODEL;
}

type Weights = Pick<HydratedModel, 'variant' | 'isOfficial' | 'statedBy'>;

/** By which word the weights are the official ones. */
export function weightsWords({ isOfficial, statedBy }: Pick<Weights, 'isOfficial' | 'statedBy'>): string {
  if (isOfficial) {
    return engineFactsText.official;
  }
  if (statedBy) {
    return filled(engineFactsText.stated, { host: statedBy });
  }
  return isOfficial === null ? engineFactsText.unknown : engineFactsText.unofficial;
}

/** What lies on this device of the model that is loaded. */
export function keptOf(
  engine: EngineStatus,
  hydratedModels: MaskflowState['hydratedModels'],
): HydratedModel | undefined {
  const id = engine.kind === 'ready' ? engine.info.modelId : undefined;
  return id && hydratedModels[id];
}

/** Model, precision and weights; the last two where they are known. `kept`: what lies on this device of the model. */
export function modelFacts(info: EngineInfo, kept: Weights | undefined): [name: string, value: string][] {
  const name: [string, string] = [engineFactsText.model, info.modelName];
  if (!isBrought(info)) {
    return [name, [engineFactsText.weights, engineFactsText.bundled]];
  }
  // What was loaded counts: the weights may have been exchanged since.
  const { variant, isOfficial, statedBy } = { ...kept, ...info.loaded };
  return [
    name,
    ...(variant ? [[engineFactsText.precision, modelsText.precisions[variant]] as [string, string]] : []),
    ...(isOfficial === undefined
      ? []
      : [[engineFactsText.weights, weightsWords({ isOfficial, statedBy })] as [string, string]]),
  ];
}
