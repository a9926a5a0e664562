/** Which frames a propagation run covers, and what it starts from. Pure planning; nothing is run here. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import { subtractMasks } from '../mask/mergeLogits';
import { decodeRle, encodeRle, type Rle } from '../mask/rle';
import type { Tracks } from './maskTrack';
import { masksOfFrame } from './visibleMasks';

export type LabelRle = { readonly objectId: ObjectId; readonly rle: Rle };

export type PropagationPlan = {
  readonly startFrame: number;
  /** Last frame to draw, included; smaller than startFrame when running backward. */
  readonly endFrame: number;
  readonly frameCount: number;
  readonly startMasks: readonly LabelRle[];
  /** Prompted masks on frames of the run, in running order. */
  readonly conditioning: readonly { readonly frameIndex: number; readonly masks: readonly LabelRle[] }[];
};

export type PlanOptions = {
  readonly direction: 1 | -1;
  /** Stop before the next prompted frame instead of passing through it. */
  readonly untilPrompted: boolean;
  readonly range: { readonly inFrame: number; readonly outFrame: number };
};

/** Frames on which at least one label has a prompted mask, ascending. */
export function framesWithPromptedMasks(tracks: Tracks): number[] {
  const frames = new Set<number>();
  for (const track of tracks.values()) {
    for (const frame of track.prompted.keys()) {
      frames.add(frame);
    }
  }
  return [...frames].toSorted((a, b) => a - b);
}

function subtractRle(rle: Rle, others: readonly Rle[]): Rle {
  return encodeRle(subtractMasks(decodeRle(rle), others.map(decodeRle)));
}

/** The masks of a frame as they are seen: what was prompted takes its pixels from what was propagated. */
export function seenMasks(tracks: Tracks, labels: readonly Label[], frameIndex: number): LabelRle[] {
  const masks = masksOfFrame(tracks, labels, frameIndex);
  const prompted = masks.flatMap(({ source, mask }) => (source === 'prompted' ? [mask.rle] : []));
  return masks.map(({ objectId, source, mask }) => ({
    objectId,
    rle: source === 'prompted' || prompted.length === 0 ? mask.rle : subtractRle(mask.rle, prompted),
  }));
}

/** The plan of a run from `startFrame`; null when there is no frame to draw. */
export function planPropagation(
  tracks: Tracks,
  labels: readonly Label[],
  startFrame: number,
  { direction, untilPrompted, range }: PlanOptions,
): PropagationPlan | null {
  const limit = direction === 1 ? range.outFrame : range.inFrame;
  const ahead = framesWithPromptedMasks(tracks)
    .filter((frame) => (frame - startFrame) * direction > 0 && (limit - frame) * direction >= 0)
    .toSorted((a, b) => (a - b) * direction);
  const [next] = ahead;
  const endFrame = untilPrompted && next !== undefined ? next - direction : limit;
  const frameCount = (endFrame - startFrame) * direction;
  if (frameCount <= 0) {
    return null;
  }
  const startMasks = seenMasks(tracks, labels, startFrame);
  const passed = untilPrompted ? [] : ahead;
  const conditioning = passed.map((frameIndex) => ({
    frameIndex,
    masks: labels.flatMap(({ objectId }) => {
      const mask = tracks.get(objectId)?.prompted.get(frameIndex);
      return mask ? [{ objectId, rle: mask.rle }] : [];
    }),
  }));
  return { startFrame, endFrame, frameCount, startMasks, conditioning };
}
