/** What the propagation engines are called, wherever one is named: menu, runs, studies, versions. */
import { ofVideoModels } from '../models/shelf';
import type { PropagationEngineId } from './segmentation';

/** Chosen until another is; named only where there is a choice. */
export const DEFAULT_ENGINE = 'memory' satisfies PropagationEngineId;

export const engineNames: Readonly<Record<PropagationEngineId, string>> = {
  memory: 'Memory',
  sam: 'SAM',
  ...ofVideoModels(({ name }) => name),
};
