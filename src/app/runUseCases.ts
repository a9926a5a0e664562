/** Runs over frames as the interface asks for them: one is started, paused, stopped, or brought to its end later. */
import type { RunOrder } from '../core/track/unfinishedRun';
import type { MaskflowStore } from '../state/store';
import type { MaskflowApp } from './maskflowApp';
import type { MaskRun, RunPlan } from './maskRun';
import { propagationRun } from './propagate';
import { refinementRun } from './refineTracks';
import type { SegmentService } from './services';
import { UnfinishedRuns } from './unfinishedRuns';

type Segment = Pick<SegmentService, 'propagate' | 'predict'>;

type RunUseCases = Pick<
  MaskflowApp,
  'propagate' | 'refineTracks' | 'continueRun' | 'pausePropagation' | 'resumePropagation' | 'stopPropagation'
>;

/** Throws a UserFacingError when there is nothing to do. */
export function planOf(store: MaskflowStore, segment: Segment, order: RunOrder): RunPlan {
  return order.kind === 'propagate'
    ? propagationRun(store, segment, order.direction, order.extent)
    : refinementRun(store, segment, order.prompt);
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
