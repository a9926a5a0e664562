/** What reviewing does: going to doubtful frames, accepting and fixing them. */
import type { DoubtfulStretch } from '../../core/review/doubtfulStretches';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import { reviewText } from '../text';
import { reviewQueue } from './reviewQueue';

/** The frame that is judged: the one whose picture is on show. */
export function judgedFrame({ shownFrame, currentFrame }: MaskflowState): number {
  return shownFrame ?? currentFrame;
}

/** Why the frame on show cannot be accepted; null when it can. */
export function acceptBlocker(state: MaskflowState): string | null {
  const frame = judgedFrame(state);
  if (!state.footage) {
    return reviewText.noFootage;
  }
  if (state.predictingFrame === frame) {
    return reviewText.beingDrawn;
  }
  if (hasPropagatedMask(state, frame)) {
    return null;
  }
  return isAnnotated(state, frame) ? reviewText.isAnnotated : reviewText.noMasks;
}

function hasPropagatedMask({ labels, tracks }: MaskflowState, frame: number): boolean {
  return labels.some(({ objectId }) => {
    const track = tracks.get(objectId);
    return track?.propagated.has(frame) && !track.prompted.has(frame);
  });
}

function isAnnotated({ tracks }: MaskflowState, frame: number): boolean {
  return [...tracks.values()].some((track) => track.prompted.has(frame));
}

/** Makes the masks of the frame on show annotation, or says why it cannot. */
export function acceptShownFrame(store: MaskflowStore): void {
  const state = store.getState();
  const blocker = acceptBlocker(state);
  if (blocker) {
    state.showNotice(blocker);
  } else {
    state.acceptFrame(judgedFrame(state));
  }
}

/** Goes to the next doubtful frame that way and makes its least sure label active; says when there is none. */
export function goToDoubtful(store: MaskflowStore, direction: 1 | -1): void {
  const state = store.getState();
  const { frames } = reviewQueue(state);
  const target =
    direction === 1
      ? frames.find(({ frameIndex }) => frameIndex > state.currentFrame)
      : frames.findLast(({ frameIndex }) => frameIndex < state.currentFrame);
  if (!target) {
    state.showNotice(frames.length === 0 ? reviewText.noneDoubtful : reviewText.noneThatWay[direction]);
    return;
  }
  state.setPlaying(false);
  state.seek(target.frameIndex);
  state.setActiveLabel(target.objectId);
}

/** Goes to the worst frame of a stretch and makes its label active. */
export function goToStretch(store: MaskflowStore, { objectId, worstFrame }: DoubtfulStretch): void {
  const { setPlaying, seek, setActiveLabel } = store.getState();
  setPlaying(false);
  seek(worstFrame);
  setActiveLabel(objectId);
}

/** As goToStretch, with the tool in hand that corrects most: a foreground point. */
export function fixStretch(store: MaskflowStore, stretch: DoubtfulStretch): void {
  goToStretch(store, stretch);
  store.getState().setTool('foregroundPoint');
}
