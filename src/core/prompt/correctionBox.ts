/** The box that goes with the first correcting point on a propagated mask. */
import { newPromptId } from '../base/ids';
import type { Box } from '../geometry/box';
import { cutMask } from '../track/maskAtThreshold';
import { maskAt, type Tracks } from '../track/maskTrack';
import type { BoxPrompt, PointPrompt, Prompt } from './prompt';

/**
 * A point alone says little about what is meant: drawn from one point, most propagated masks would get worse. So the
 * first point that a label gets on a frame where it has a mask brings that mask's box along, widened to hold a
 * foreground point. The box is a prompt like any other: it can be seen, resized and deleted. Null when the label has
 * prompts of its own there already, or no mask.
 */
export function correctionBox(
  prompts: readonly Prompt[],
  tracks: Tracks,
  { objectId, frameIndex, label, point }: PointPrompt,
): BoxPrompt | null {
  const hasOwn = prompts.some(
    (prompt) =>
      prompt.kind !== 'sharedPoint' && prompt.objectId === objectId && prompt.frameIndex === frameIndex,
  );
  const track = tracks.get(objectId);
  const at = hasOwn ? null : maskAt(track, frameIndex);
  const maskBox = at && cutMask(track, frameIndex, at.mask).box;
  if (!maskBox) {
    return null;
  }
  const [x0, y0, x1, y1] = maskBox;
  const box: Box =
    label === 1
      ? [Math.min(x0, point.x), Math.min(y0, point.y), Math.max(x1, point.x), Math.max(y1, point.y)]
      : maskBox;
  return { kind: 'box', id: newPromptId(), objectId, frameIndex, box };
}
