/** Whether propagation can start here, and if not, why. */
import type { MaskflowState } from '../../state/maskflowState';
import { maskAt } from '../../core/track/maskTrack';
import { withoutRegions } from '../../core/track/regions';
import { propagateText } from '../text';
import { backgroundText } from '../text/studyText';

type EngineUse = Pick<MaskflowState, 'engine' | 'studyJob' | 'replayJob'>;

type ReadinessState = EngineUse &
  Pick<MaskflowState, 'footage' | 'tracks' | 'labels' | 'currentFrame' | 'range'>;

/** Why the engine cannot draw a run now; null when it can. */
function engineBlocker({ engine, studyJob, replayJob }: EngineUse): string | null {
  if (studyJob || replayJob) {
    return studyJob ? backgroundText.studyRuns : backgroundText.replayRuns;
  }
  return engine.kind === 'ready' ? null : propagateText.engineNotReady;
}

/** The reason in the user's words; null when it can start. */
export function propagateBlocker(state: ReadinessState): string | null {
  if (!state.footage) {
    return propagateText.noFootage;
  }
  const { currentFrame, range, studyJob, replayJob } = state;
  if (studyJob || replayJob) {
    // Told before what can be set right: on no frame could a run start now.
    return engineBlocker(state);
  }
  const hasMask = withoutRegions(state.labels).some((label) => {
    const at = maskAt(state.tracks.get(label.objectId), currentFrame);
    return at !== null && at.mask.areaPx > 0;
  });
  if (!hasMask) {
    return propagateText.noMasks;
  }
  if (currentFrame < range.inFrame || currentFrame > range.outFrame) {
    return propagateText.outsideRange;
  }
  return engineBlocker(state);
}

/** Why propagated masks cannot be redrawn now; null when they can. */
export function redrawBlocker(
  state: EngineUse & Pick<MaskflowState, 'tracks' | 'labels' | 'range'>,
): string | null {
  const { inFrame, outFrame } = state.range;
  const hasPropagated = state.labels.some((label) =>
    [...(state.tracks.get(label.objectId)?.propagated.keys() ?? [])].some(
      (frame) => frame >= inFrame && frame <= outFrame,
    ),
  );
  if (!hasPropagated) {
    return propagateText.nothingToRedraw;
  }
  return engineBlocker(state);
}
