/** Which models draw for a method with weights that are not of the official file. */
import { models, type ModelId } from '../../core/models/shelf';
import type { StudyMethod } from '../../core/study/methods';
import type { MaskflowState } from '../../state/maskflowState';
import { shelfModelOf } from '../models/runModel';

/** Names in the order in which they draw; none where the files are official, stated by their host, or not known. */
export function unofficialModels(
  { engine, hydratedModels }: Pick<MaskflowState, 'engine' | 'hydratedModels'>,
  method: StudyMethod,
): string[] {
  const propagates = method.kind === 'propagate' ? method.engine : method.of;
  const video = propagates === 'present' ? null : shelfModelOf(propagates);
  // SAM and Memory draw with the model that prompts, which redraws other methods' masks, too.
  const isPrompted = method.kind === 'refine' || video === null;
  const prompting = isPrompted && engine.kind === 'ready' ? engine.info.modelId : undefined;
  const ids = new Set([video, prompting].filter((id): id is ModelId => id !== null && id !== undefined));
  return [...ids].flatMap((id) => {
    const kept = hydratedModels[id];
    return kept?.isOfficial === false && !kept.statedBy ? [models[id].name] : [];
  });
}
