/** Gathers the prompts of one frame into one prompt set for each label. */
import type { ObjectId } from '../base/ids';
import type { LabelledPoint, Prompt, PromptSet } from './prompt';

/**
 * The prompt sets of a frame, in the order of `objectIds`. Shared background points are appended to every label's
 * points when `useSharedPoints` is on. A label without a foreground point, box or mask of its own gets no set:
 * background points alone tell SAM nothing about what to draw.
 */
export function promptSetsOfFrame(
  prompts: readonly Prompt[],
  frameIndex: number,
  objectIds: readonly ObjectId[],
  useSharedPoints: boolean,
): PromptSet[] {
  const onFrame = prompts.filter((prompt) => prompt.frameIndex === frameIndex);
  const shared: LabelledPoint[] = useSharedPoints
    ? onFrame.flatMap((prompt) =>
        prompt.kind === 'sharedPoint' ? [{ ...prompt.point, label: 0 as const }] : [],
      )
    : [];
  return objectIds.flatMap((objectId) => {
    const own = onFrame.filter((prompt) => prompt.kind !== 'sharedPoint' && prompt.objectId === objectId);
    const points = own.flatMap((prompt) =>
      prompt.kind === 'point' ? [{ ...prompt.point, label: prompt.label }] : [],
    );
    const box = own.findLast((prompt) => prompt.kind === 'box')?.box ?? null;
    const mask = own.findLast((prompt) => prompt.kind === 'mask')?.rle ?? null;
    const saysWhat = box !== null || mask !== null || points.some((point) => point.label === 1);
    return saysWhat ? [{ objectId, points: [...points, ...shared], box, mask }] : [];
  });
}

/** Frames with at least one prompt, ascending. */
export function promptedFrames(prompts: readonly Prompt[]): number[] {
  return [...new Set(prompts.map((prompt) => prompt.frameIndex))].toSorted((a, b) => a - b);
}
