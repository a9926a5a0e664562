/** What a label holds, in words: what goes when it is deleted. */
import type { ObjectId } from '../../core/base/ids';
import { counted } from '../../core/base/numberText';
import type { MaskflowState } from '../../state/maskflowState';

/** `3 prompts and 150 masks`; null when there is nothing to lose. A frame with both kinds of mask counts once. */
export function labelContents(
  { prompts, tracks }: Pick<MaskflowState, 'prompts' | 'tracks'>,
  objectId: ObjectId,
): string | null {
  const promptCount = prompts.filter(
    (prompt) => prompt.kind !== 'sharedPoint' && prompt.objectId === objectId,
  ).length;
  const track = tracks.get(objectId);
  const frames = new Set([...(track?.prompted.keys() ?? []), ...(track?.propagated.keys() ?? [])]);
  const parts = [
    ...(promptCount > 0 ? [counted(promptCount, 'prompt')] : []),
    ...(frames.size > 0 ? [counted(frames.size, 'mask')] : []),
  ];
  return parts.length > 0 ? parts.join(' and ') : null;
}
