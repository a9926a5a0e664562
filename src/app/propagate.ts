/** Propagation from the current frame: which frames, from which masks, by which engine. */
import { UserFacingError } from '../core/base/errors';
import type { Label } from '../core/label/label';
import { shortSideOf } from '../core/models/workingSize';
import { engineNames } from '../core/segment/engineNames';
import type { PropagationEngineId, PropagationRequest } from '../core/segment/segmentation';
import { framesText, type VersionNote } from '../core/track/maskVersions';
import { countSteps, planPropagation, type PropagationPlan } from '../core/track/propagationPlan';
import { framesWithPromptedMasks } from '../core/track/annotatedFrames';
import type { Tracks } from '../core/track/maskTrack';
import { ignoredPixels, withoutRegions } from '../core/track/regions';
import type { MaskflowState, PropagationDirection } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { PropagationExtent } from './maskflowApp';
import { engineModel } from './models/runModel';
import type { RunPlan } from './maskRun';
import { wantedAdjustments } from './modelPictures';
import type { PropagatedFrame } from '../workers/segment/segmentProtocol';
import type { SegmentService } from './services';

/** The run, forward before backward; throws a UserFacingError when there is nothing to do. */
export function propagationRun(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'propagate'>,
  direction: PropagationDirection,
  extent: PropagationExtent,
): RunPlan {
  const { tracks, labels, propagationEngine: engine, currentFrame, range } = store.getState();
  const order = engineOrder(store.getState(), engine);
  const expected = expectedSize(store.getState(), engine);
  const plans = plansOf(store.getState(), direction, extent);
  const model = engineModel(store.getState().hydratedModels, engine);
  const parts = plans.map((plan) => {
    const request = requestOf(plan, tracks, labels, order);
    return {
      frameCount: framesDrawnBy(engine, plan),
      frames: (signal: AbortSignal) => withNotices(store, request, segment.propagate(request, { signal })),
    };
  });
  const framesDrawn = plans.reduce((sum, plan) => sum + plan.frameCount, 0);
  const hasTwoPasses = parts.reduce((sum, part) => sum + part.frameCount, 0) > framesDrawn;
  return {
    parts,
    hasTwoPasses,
    note: noteOf(plans, engine),
    parameters: {
      method: { kind: 'propagate', ...order, ...expected, direction, extent, fromFrame: currentFrame },
      range,
      objectIds: withoutRegions(labels).map(({ objectId }) => objectId),
      annotatedFrames: framesWithPromptedMasks(tracks, labels),
      adjustments: wantedAdjustments(store.getState()),
      ...(model ? { model } : {}),
    },
  };
}

/** An engine, and how it is to work where there is a choice. */
export type EngineOrder = Pick<PropagationRequest, 'engine' | 'shortSidePx'>;

export function engineOrder(
  { engine: status, workingSize }: Pick<MaskflowState, 'engine' | 'workingSize'>,
  engine: PropagationEngineId,
): EngineOrder {
  // What suits the device is for the engine to say: the model may not run where the engine's own does.
  return workingSize === 'auto'
    ? { engine }
    : { engine, ...expectedSize({ engine: status, workingSize }, engine) };
}

/** The size that XMem will work at, as far as is known before the run. */
function expectedSize(
  { engine: status, workingSize }: Pick<MaskflowState, 'engine' | 'workingSize'>,
  engine: PropagationEngineId,
): Pick<PropagationRequest, 'shortSidePx'> {
  const provider = status.kind === 'ready' ? status.info.provider : 'wasm';
  return engine === 'xmem' ? { shortSidePx: shortSideOf(workingSize, provider) } : {};
}

/** Says so where a run goes otherwise than was asked for or could be expected. */
async function* withNotices(
  store: MaskflowStore,
  { shortSidePx: wanted }: PropagationRequest,
  frames: AsyncIterable<PropagatedFrame>,
): AsyncGenerator<PropagatedFrame, void, void> {
  for await (const frame of frames) {
    const { engine, showNotice } = store.getState();
    const { fallbackReason = null, shortSidePx, modelName } = frame.drawnBy ?? {};
    const isNews = engine.kind !== 'ready' || engine.info.fallbackReason !== fallbackReason;
    if (fallbackReason !== null && isNews) {
      showNotice(fallbackReason);
    } else if (wanted !== undefined && shortSidePx !== undefined && shortSidePx !== wanted) {
      showNotice(
        `${modelName} sees these frames with a shorter side of ${shortSidePx} px: larger ones would take too much memory with so many labels and annotated frames.`,
      );
    }
    yield frame;
  }
}

/** How many frames the engine hands out for a plan, those that come twice twice. */
export function framesDrawnBy(engine: PropagationEngineId, plan: Parameters<typeof countSteps>[0]): number {
  // The others take each frame as it comes, and never come back from the far end.
  return engine === 'memory' ? countSteps(plan) : plan.frameCount;
}

/** What an engine is asked to carry a plan out. */
export function requestOf(
  { startFrame, endFrame, startMasks, conditioning, annotated }: PropagationPlan,
  tracks: Tracks,
  labels: readonly Label[],
  { engine, shortSidePx }: EngineOrder,
): PropagationRequest {
  const ignored = ignoredPixels(tracks, labels);
  return {
    engine,
    startFrame,
    endFrame,
    labels: withoutRegions(labels).map(({ objectId, role }) => ({ objectId, role })),
    startMasks,
    conditioning,
    annotated,
    ...(ignored.length > 0 ? { ignored } : {}),
    ...(shortSidePx === undefined ? {} : { shortSidePx }),
  };
}

function noteOf(plans: readonly PropagationPlan[], engine: PropagationEngineId): VersionNote {
  const drawn = plans.flatMap(({ startFrame, endFrame }) => [
    startFrame + Math.sign(endFrame - startFrame),
    endFrame,
  ]);
  const fromFrame = Math.min(...drawn);
  const toFrame = Math.max(...drawn);
  const name = `Before propagation of ${framesText(fromFrame, toFrame)} with ${engineNames[engine]}`;
  return { kind: 'propagate', name, fromFrame, toFrame };
}

/** Forward before backward; throws a UserFacingError when there is nothing to do. */
export function plansOf(
  {
    tracks,
    labels,
    currentFrame,
    range,
  }: Pick<MaskflowState, 'tracks' | 'labels' | 'currentFrame' | 'range'>,
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
