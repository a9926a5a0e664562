/** Which sentence helps next, judged by the state alone. */
import { isRegionRole } from '../../core/label/label';
import { promptSetsOfFrame } from '../../core/prompt/promptSet';
import type { DoubtfulFrame } from '../../core/review/doubtfulStretches';
import { framesWithPromptedMasks } from '../../core/track/annotatedFrames';
import { maskAt, type MaskTrack } from '../../core/track/maskTrack';
import { withoutRegions } from '../../core/track/regions';
import type { MaskflowState } from '../../state/maskflowState';
import { keyHint, type ShortcutId } from '../keys/shortcuts';
import { reviewQueue } from '../review/reviewQueue';
import { guideText } from '../text';

export type GuideStep = keyof typeof guideText;

type GuideState = Pick<
  MaskflowState,
  | 'footage'
  | 'labels'
  | 'activeObjectId'
  | 'prompts'
  | 'tracks'
  | 'currentFrame'
  | 'encodingFrame'
  | 'predictingFrame'
  | 'engine'
  | 'range'
>;

/** The step the user is at; null when there is nothing to say. */
export function guideStep(state: GuideState): GuideStep | null {
  if (!state.footage) {
    return 'open';
  }
  if (state.labels.length === 0) {
    return 'addLabel';
  }
  if (isBlankRegion(state)) {
    return 'paintRegion';
  }
  const hasMasks = [...state.tracks.values()].some(
    (track) => track.prompted.size + track.propagated.size > 0,
  );
  if (!hasMasks && state.prompts.length === 0) {
    return 'draw';
  }
  return promptStep(state) ?? (hasMasks ? maskStep(state) : null);
}

/** Whether the active label is a region that is painted nowhere yet. */
function isBlankRegion({ labels, tracks, activeObjectId }: GuideState): boolean {
  const active = labels.find(({ objectId }) => objectId === activeObjectId);
  const prompted = active && tracks.get(active.objectId)?.prompted;
  return active !== undefined && isRegionRole(active.role) && !prompted?.size;
}

/** What the prompts of this frame, or their lack, call for. */
function promptStep(state: GuideState): GuideStep | null {
  const { prompts, labels, currentFrame, activeObjectId } = state;
  const onFrame = prompts.filter((prompt) => prompt.frameIndex === currentFrame);
  const ids = labels.map((label) => label.objectId);
  const told = promptSetsOfFrame(prompts, currentFrame, ids, false).map((set) => set.objectId);
  const isOfActive = (prompt: (typeof prompts)[number]): boolean =>
    prompt.kind !== 'sharedPoint' && prompt.objectId === activeObjectId;
  const isActiveTold = activeObjectId !== null && told.includes(activeObjectId);
  if (onFrame.length > 0 && (told.length === 0 || (!isActiveTold && onFrame.some(isOfActive)))) {
    return 'onlyBackground';
  }
  const isRegion = labels.some(({ objectId, role }) => objectId === activeObjectId && isRegionRole(role));
  if (isRegion) {
    return null;
  }
  if (activeObjectId !== null && !prompts.some(isOfActive) && !hasPixels(state.tracks.get(activeObjectId))) {
    return 'drawLabel';
  }
  const isAwaited = told.some((id) => maskAt(state.tracks.get(id), currentFrame) === null);
  return isAwaited && isBusy(state) ? 'wait' : null;
}

function maskStep(state: GuideState): GuideStep {
  const { labels, tracks, currentFrame } = state;
  if (!withoutRegions(labels).some((label) => maskAt(tracks.get(label.objectId), currentFrame) !== null)) {
    return 'emptyFrame';
  }
  if (![...tracks.values()].some((track) => track.propagated.size > 0)) {
    return 'propagate';
  }
  const { frames } = reviewQueue(state);
  if (frames.length === 0) {
    return 'review';
  }
  return isBesideDoubt(state, frames) ? 'repropagate' : 'doubtful';
}

/** Whether this frame is annotated, and a doubtful one lies between it and its annotated neighbours. */
function isBesideDoubt(
  { tracks, labels, currentFrame }: GuideState,
  doubtful: readonly DoubtfulFrame[],
): boolean {
  const annotated = framesWithPromptedMasks(tracks, labels);
  const before = annotated.findLast((frame) => frame < currentFrame) ?? -1;
  const after = annotated.find((frame) => frame > currentFrame) ?? Infinity;
  return (
    annotated.includes(currentFrame) &&
    doubtful.some(({ frameIndex }) => frameIndex > before && frameIndex < after)
  );
}

/** Whether the label was found anywhere: a run leaves empty masks for a label that nothing tells where to look. */
function hasPixels(track: MaskTrack | undefined): boolean {
  for (const masks of track ? [track.prompted, track.propagated] : []) {
    for (const mask of masks.values()) {
      if (mask.areaPx > 0) {
        return true;
      }
    }
  }
  return false;
}

function isBusy({ engine, encodingFrame, predictingFrame }: GuideState): boolean {
  return engine.kind === 'loading' || encodingFrame !== null || predictingFrame !== null;
}

/** The keys that sentences speak of. */
const stepKeys: Partial<Record<GuideStep, ShortcutId>> = {
  doubtful: 'nextDoubtful',
  repropagate: 'propagateBoth',
};

/** The sentence of a step; `labelName` is that of the active label. */
export function guideSentence(step: GuideStep, labelName: string): string {
  const key = stepKeys[step];
  return guideText[step]
    .replace('{label}', () => labelName)
    .replace('{key}', () => (key ? keyHint(key) : ''));
}
