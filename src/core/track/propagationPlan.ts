/** Which frames a propagation run covers, and what it starts from. Pure planning; nothing is run here. */
import type { Label } from '../label/label';
import type { AnnotatedFrame } from '../segment/segmentation';
import { annotatedFrames, framesWithPromptedMasks } from './annotatedFrames';
import type { Tracks } from './maskTrack';
import { seenMasks, type LabelRle } from './seenMasks';

export type PropagationPlan = {
  readonly startFrame: number;
  /** Last frame to draw, included; smaller than startFrame when running backward. */
  readonly endFrame: number;
  readonly frameCount: number;
  readonly startMasks: readonly LabelRle[];
  /** Prompted masks on frames of the run, in running order. */
  readonly conditioning: readonly { readonly frameIndex: number; readonly masks: readonly LabelRle[] }[];
  /**
   * All annotated frames of the clip, ascending. The run goes up to one of them when it stops before a prompted frame:
   * that one is `endFrame + direction`.
   */
  readonly annotated: readonly AnnotatedFrame[];
};

export type PlanOptions = {
  readonly direction: 1 | -1;
  /** Stop before the next prompted frame instead of passing through it. */
  readonly untilPrompted: boolean;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
};

/** The plan of a run from `startFrame`; null when there is no frame to draw. */
export function planPropagation(
  tracks: Tracks,
  labels: readonly Label[],
  startFrame: number,
  { direction, untilPrompted, range }: PlanOptions,
): PropagationPlan | null {
  const limit = direction === 1 ? range.outFrame : range.inFrame;
  const ahead = framesWithPromptedMasks(tracks, labels)
    .filter((frame) => (frame - startFrame) * direction > 0 && (limit - frame) * direction >= 0)
    .toSorted((a, b) => (a - b) * direction);
  const [next] = ahead;
  const endFrame = untilPrompted && next !== undefined ? next - direction : limit;
  const frameCount = (endFrame - startFrame) * direction;
  if (frameCount <= 0) {
    return null;
  }
  const annotated = annotatedFrames(tracks, labels);
  const masksOn = new Map(annotated.map(({ frameIndex, masks }) => [frameIndex, masks]));
  return {
    startFrame,
    endFrame,
    frameCount,
    startMasks: seenMasks(tracks, labels, startFrame),
    conditioning: (untilPrompted ? [] : ahead).map((frameIndex) => ({
      frameIndex,
      masks: masksOn.get(frameIndex) ?? [],
    })),
    annotated,
  };
}

/**
 * How many masks of a label the `memory` engine draws in a run, which is what its progress counts: frames strictly
 * between two annotated frames of the run are drawn twice, on the way to the far one and back from it. The near one may
 * be startFrame, the far one the frame right after endFrame.
 */
export function countSteps({
  startFrame,
  endFrame,
  frameCount,
  annotated,
}: Pick<PropagationPlan, 'startFrame' | 'endFrame' | 'frameCount' | 'annotated'>): number {
  const direction = endFrame < startFrame ? -1 : 1;
  const steps = annotated
    .map(({ frameIndex }) => (frameIndex - startFrame) * direction)
    .filter((step) => step >= 0 && step <= frameCount + 1);
  return steps.length < 2
    ? frameCount
    : frameCount + Math.max(...steps) - Math.min(...steps) - (steps.length - 1);
}
