/** Whether propagation can start here, and if not, why. */
import type { MaskflowState } from '../../state/maskflowState';
import { maskAt } from '../../core/track/maskTrack';
import { withoutRegions } from '../../core/track/regions';
import { propagateText } from '../text';

type ReadinessState = Pick<
  MaskflowState,
  'footage' | 'engine' | 'tracks' | 'labels' | 'currentFrame' | 'range'
>;

/** The reason in the user's words; null when it can start. */
export function propagateBlocker(state: ReadinessState): string | null {
  if (!state.footage) {
    return propagateText.noFootage;
  }
  const { currentFrame, range } = state;
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
  return state.engine.kind === 'ready' ? null : propagateText.engineNotReady;
}

/** Why propagated masks cannot be redrawn now; null when they can. */
export function redrawBlocker(
  state: Pick<MaskflowState, 'tracks' | 'labels' | 'range' | 'engine'>,
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
  return state.engine.kind === 'ready' ? null : propagateText.engineNotReady;
}
