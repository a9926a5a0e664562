/** Feeds a label's current mask back to SAM, and shows what that prompt looks like. */
import { newPromptId, type ObjectId } from '../core/base/ids';
import { maskAt } from '../core/track/maskTrack';
import type { MaskflowStore } from '../state/store';
import type { MaskPromptPictures } from './maskflowApp';
import type { SegmentService } from './services';

/** Adds the label's current mask on the current frame as a mask prompt; does nothing when there is none. */
export function refineFromMask(store: MaskflowStore, objectId: ObjectId): void {
  const { tracks, currentFrame, addPrompt } = store.getState();
  const at = maskAt(tracks.get(objectId), currentFrame);
  if (at?.mask.box) {
    addPrompt({ kind: 'mask', id: newPromptId(), objectId, frameIndex: currentFrame, rle: at.mask.rle });
  }
}

/** The mask prompt before and after preprocessing: the one in use, or the one that refining would make. */
export async function previewMaskPrompt(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'previewMaskPrompt'>,
  objectId: ObjectId,
): Promise<MaskPromptPictures | null> {
  const { prompts, tracks, currentFrame } = store.getState();
  const inUse = prompts.findLast(
    (prompt) => prompt.kind === 'mask' && prompt.objectId === objectId && prompt.frameIndex === currentFrame,
  );
  const rle = inUse?.kind === 'mask' ? inUse.rle : maskAt(tracks.get(objectId), currentFrame)?.mask.rle;
  return rle ? segment.previewMaskPrompt(rle) : null;
}
