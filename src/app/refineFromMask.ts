/** Feeds a label's current mask back to SAM, and shows what that prompt looks like. */
import { newPromptId, type ObjectId } from '../core/base/ids';
import type { FrameMask } from '../core/track/maskTrack';
import { drawnMasksOfFrame } from '../core/track/visibleMasks';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { MaskPromptPictures } from './maskflowApp';
import type { SegmentService } from './services';

/** The label's mask on the current frame, at its threshold. */
function currentMask(
  { tracks, labels, currentFrame }: MaskflowState,
  objectId: ObjectId,
): FrameMask | undefined {
  return drawnMasksOfFrame(tracks, labels, currentFrame).find((entry) => entry.objectId === objectId)?.mask;
}

/** Adds the label's current mask on the current frame as a mask prompt; does nothing when there is none. */
export function refineFromMask(store: MaskflowStore, objectId: ObjectId): void {
  const { currentFrame, addPrompt } = store.getState();
  const mask = currentMask(store.getState(), objectId);
  if (mask?.box) {
    addPrompt({ kind: 'mask', id: newPromptId(), objectId, frameIndex: currentFrame, rle: mask.rle });
  }
}

/** The mask prompt before and after preprocessing: the one in use, or the one that refining would make. */
export async function previewMaskPrompt(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'previewMaskPrompt'>,
  objectId: ObjectId,
): Promise<MaskPromptPictures | null> {
  const { prompts, currentFrame } = store.getState();
  const inUse = prompts.findLast(
    (prompt) => prompt.kind === 'mask' && prompt.objectId === objectId && prompt.frameIndex === currentFrame,
  );
  const rle = inUse?.kind === 'mask' ? inUse.rle : currentMask(store.getState(), objectId)?.rle;
  return rle ? segment.previewMaskPrompt(rle) : null;
}
