/** Propagation from the current frame: which frames, from which masks, by which engine. */
import { UserFacingError } from '../core/base/errors';
import type { PropagationEngineId } from '../core/segment/segmentation';
import { framesText, type VersionNote } from '../core/track/maskVersions';
import { countSteps, planPropagation, type PropagationPlan } from '../core/track/propagationPlan';
import { ignoredPixels, withoutRegions } from '../core/track/regions';
import type { MaskflowState, PropagationDirection } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { PropagationExtent } from './maskflowApp';
import type { RunPlan } from './maskRun';
import type { SegmentService } from './services';

/** The run, forward before backward; throws a UserFacingError when there is nothing to do. */
export function propagationRun(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'propagate'>,
  direction: PropagationDirection,
  extent: PropagationExtent,
): RunPlan {
  const { tracks, labels: all, propagationEngine: engine } = store.getState();
  const labels = withoutRegions(all);
  const ignored = ignoredPixels(tracks, all);
  const plans = plansOf(store.getState(), direction, extent);
  const parts = plans.map((plan) => {
    const { startFrame, endFrame, startMasks, conditioning, annotated } = plan;
    const request = {
      engine,
      startFrame,
      endFrame,
      labels: labels.map(({ objectId, role }) => ({ objectId, role })),
      startMasks,
      conditioning,
      annotated,
      ...(ignored.length > 0 ? { ignored } : {}),
    };
    return {
      // SAM alone takes each frame as it comes, and never comes back from the far end.
      frameCount: engine === 'memory' ? countSteps(plan) : plan.frameCount,
      frames: (signal: AbortSignal) => segment.propagate(request, { signal }),
    };
  });
  const framesDrawn = plans.reduce((sum, plan) => sum + plan.frameCount, 0);
  const hasTwoPasses = parts.reduce((sum, part) => sum + part.frameCount, 0) > framesDrawn;
  return { parts, hasTwoPasses, note: noteOf(plans, engine) };
}

function noteOf(plans: readonly PropagationPlan[], engine: PropagationEngineId): VersionNote {
  const drawn = plans.flatMap(({ startFrame, endFrame }) => [
    startFrame + Math.sign(endFrame - startFrame),
    endFrame,
  ]);
  const fromFrame = Math.min(...drawn);
  const toFrame = Math.max(...drawn);
  const by = engine === 'sam' ? 'SAM only' : 'memory, colour and SAM';
  const name = `Before propagation of ${framesText(fromFrame, toFrame)}, ${by}`;
  return { kind: 'propagate', name, fromFrame, toFrame };
}

function plansOf(
  { tracks, labels, currentFrame, range }: MaskflowState,
  direction: PropagationDirection,
  extent: PropagationExtent,
): PropagationPlan[] {
  if (currentFrame < range.inFrame || currentFrame > range.outFrame) {
    throw new UserFacingError({
      code: 'propagation-nothing-to-do',
      what: `Frame ${currentFrame} lies outside the in and out points (${range.inFrame} to ${range.outFrame}).`,
      safe: 'Your prompts and masks are as they were.',
      todo: 'Go to a frame between them, or move the in and out points.',
    });
  }
  const directions =
    direction === 'both' ? ([1, -1] as const) : ([direction === 'forward' ? 1 : -1] as const);
  const untilPrompted = extent === 'untilPrompted';
  const plans = directions.flatMap(
    (step) => planPropagation(tracks, labels, currentFrame, { direction: step, untilPrompted, range }) ?? [],
  );
  if (plans.length === 0) {
    throw new UserFacingError({
      code: 'propagation-nothing-to-do',
      what: `There is no frame to propagate to from frame ${currentFrame}.`,
      safe: 'Your prompts and masks are as they were.',
      todo: 'Go to another frame, choose the other direction, or move the in and out points.',
    });
  }
  if (plans.every((plan) => plan.startMasks.length === 0)) {
    throw new UserFacingError({
      code: 'propagation-no-masks',
      what: `Frame ${currentFrame} has no mask to propagate from.`,
      safe: 'Your prompts and masks are as they were.',
      todo: 'Draw a box or click a point on this frame, or go to a frame that has masks.',
    });
  }
  return plans;
}
