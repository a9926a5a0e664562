/** Runs over frames as the interface asks for them: one is started, paused, stopped, or brought to its end later. */
import { models, type VideoModelId } from '../core/models/shelf';
import type { RunOrder } from '../core/track/unfinishedRun';
import type { MaskflowStore } from '../state/store';
import type { MaskflowApp } from './maskflowApp';
import type { MaskRun, RunModel, RunPlan } from './maskRun';
import { shelfModelOf } from './models/runModel';
import { propagationRun } from './propagate';
import { refinementRun } from './refineTracks';
import type { SegmentService } from './services';
import { UnfinishedRuns } from './unfinishedRuns';

type Segment = Pick<SegmentService, 'propagate' | 'predict' | 'prepare'>;

type RunUseCases = Pick<
  MaskflowApp,
  'propagate' | 'refineTracks' | 'continueRun' | 'pausePropagation' | 'resumePropagation' | 'stopPropagation'
>;

/** Throws a UserFacingError when there is nothing to do. */
export function planOf(store: MaskflowStore, segment: Segment, order: RunOrder): RunPlan {
  if (order.kind === 'refine') {
    return refinementRun(store, segment, order.prompt);
  }
  const plan = propagationRun(store, segment, order.direction, order.extent);
  const id = shelfModelOf(store.getState().propagationEngine);
  return id === null ? plan : { ...plan, model: loadedModel(segment, id) };
}

function loadedModel(segment: Pick<SegmentService, 'prepare'>, id: VideoModelId): RunModel {
  return { name: models[id].name, load: (signal) => segment.prepare(id, { signal }) };
}

/** `whenFree` starts something unless the engine is busy with something else. */
export function runUseCases(
  store: MaskflowStore,
  segment: Segment,
  { run, whenFree }: { run: MaskRun; whenFree: (start: () => Promise<unknown>) => Promise<void> },
): RunUseCases {
  const runs = new UnfinishedRuns(store, (order) =>
    run.start(order.kind, () => planOf(store, segment, order)),
  );
  return {
    propagate: (direction, extent) => whenFree(() => runs.run({ kind: 'propagate', direction, extent })),
    refineTracks: (prompt) => whenFree(() => runs.run({ kind: 'refine', prompt })),
    continueRun: () => whenFree(() => runs.goOn()),
    pausePropagation: () => run.pause(),
    resumePropagation: () => run.resume(),
    stopPropagation: () => run.stop(),
  };
}
