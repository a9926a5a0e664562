/** What SAM is asked for a frame's prompts, and what becomes of the frame's masks by its answer. */
import type { ObjectId } from '../core/base/ids';
import { minusRle } from '../core/compare/maskDifference';
import { promptSetsOfFrame } from '../core/prompt/promptSet';
import type { PromptSet } from '../core/prompt/prompt';
import { cutMask, withRle } from '../core/track/maskAtThreshold';
import { maskAt, type FrameMask, type Tracks } from '../core/track/maskTrack';
import { regionRle, withLockedKept, withoutRegions } from '../core/track/regions';
import type { MaskflowState } from '../state/maskflowState';
import type { LabelPrompts } from '../workers/segment/segmentProtocol';

/** The part of the state that prompted masks are drawn from. */
export type PromptedAnnotation = Pick<MaskflowState, 'labels' | 'prompts' | 'tracks' | 'useSharedPoints'>;

/** The mask that a user has made by hand, if the frame has one of the label. */
export function handMade(tracks: Tracks, objectId: ObjectId, frameIndex: number): FrameMask | null {
  const mask = tracks.get(objectId)?.prompted.get(frameIndex);
  return mask?.edit ? mask : null;
}

function setsOf({ prompts, labels, useSharedPoints }: PromptedAnnotation, frameIndex: number): PromptSet[] {
  const objectIds = withoutRegions(labels).map((label) => label.objectId);
  return promptSetsOfFrame(prompts, frameIndex, objectIds, useSharedPoints);
}

/** Whether a label has a prompted mask on a frame that only prompts can have drawn. */
function isLeftOver({ tracks }: PromptedAnnotation, objectId: ObjectId, frameIndex: number): boolean {
  const mask = tracks.get(objectId)?.prompted.get(frameIndex);
  return mask !== undefined && !mask.isAccepted;
}

/** Whether a label with prompts on the frame has no mask there. */
export function isMaskMissing(state: PromptedAnnotation, frameIndex: number): boolean {
  return setsOf(state, frameIndex).some(
    ({ objectId }) => !state.tracks.get(objectId)?.prompted.has(frameIndex),
  );
}

/** The mask that a label without prompts has on a frame: an accepted or a propagated one. */
function heldMask(
  { tracks }: PromptedAnnotation,
  objectId: ObjectId,
  frameIndex: number,
): FrameMask | undefined {
  const track = tracks.get(objectId);
  const prompted = track?.prompted.get(frameIndex);
  const drawn = prompted?.isAccepted ? prompted : track?.propagated.get(frameIndex);
  return drawn && cutMask(track, frameIndex, drawn);
}

/**
 * What SAM is asked on a frame: the prompted labels, and those that have only a mask without prompts there. These are
 * drawn from that mask and compete for pixels inside it, so that a correction of one label does not flow into another.
 */
export function requestsOf(
  state: PromptedAnnotation,
  sets: readonly PromptSet[],
  frameIndex: number,
): LabelPrompts[] {
  const byLabel = new Map(sets.map((set) => [set.objectId, set]));
  return withoutRegions(state.labels).flatMap(({ objectId, role }): LabelPrompts[] => {
    const prompts = byLabel.get(objectId);
    if (prompts) {
      return [{ role, prompts }];
    }
    const held = heldMask(state, objectId, frameIndex);
    return held?.box
      ? [{ role, prompts: { objectId, points: [], box: held.box, mask: held.rle }, confineTo: held.rle }]
      : [];
  });
}

/** SAM's drawing without the pixels of other labels' masks made by hand, and with what the label had in locked regions. */
function withRespect(
  { tracks, labels }: PromptedAnnotation,
  objectId: ObjectId,
  frameIndex: number,
  mask: FrameMask,
): FrameMask {
  const locked = regionRle(tracks, labels, frameIndex, 'locked');
  const before = locked && maskAt(tracks.get(objectId), frameIndex);
  const others = withoutRegions(labels).flatMap((other) => {
    const made = other.objectId === objectId ? null : handMade(tracks, other.objectId, frameIndex);
    return made?.box ? [made.rle] : [];
  });
  const apart = others.length === 0 ? mask : withRle(mask, others.reduce(minusRle, mask.rle));
  return withLockedKept(apart, before ? before.mask.rle : null, locked);
}

/** The prompts of labels that SAM draws; masks made by hand stay unless their `own` prompts have changed. */
export function setsToDraw(
  state: PromptedAnnotation,
  frameIndex: number,
  own: ReadonlySet<ObjectId>,
): PromptSet[] {
  return setsOf(state, frameIndex).filter(
    ({ objectId }) => own.has(objectId) || !handMade(state.tracks, objectId, frameIndex),
  );
}

/** What a frame's prompted masks become once SAM has drawn `masks`; null takes one away that only prompts had drawn. */
export function promptedChanges(
  state: PromptedAnnotation,
  frameIndex: number,
  masks: ReadonlyMap<ObjectId, FrameMask>,
): (readonly [ObjectId, FrameMask | null])[] {
  return withoutRegions(state.labels)
    .map(({ objectId }) => [objectId, masks.get(objectId) ?? null] as const)
    .filter(([objectId, mask]) => mask !== null || isLeftOver(state, objectId, frameIndex))
    .map(([objectId, mask]) => [objectId, mask && withRespect(state, objectId, frameIndex, mask)] as const);
}
