/** Where the engine was unsure: the frames worth a look, worst first. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import type { FrameMask, MaskTrack, Tracks } from '../track/maskTrack';

/** Below this confidence a mask is doubtful. */
export const DOUBT_BELOW = 0.5;

/** Doubtful stretches with at most this many frames between them are one, unless one of those frames is annotated. */
export const MERGE_GAP_FRAMES = 2;

/** A stretch in which one label is doubtful. */
export type DoubtfulStretch = {
  readonly objectId: ObjectId;
  /** First and last doubtful frame. */
  readonly fromFrame: number;
  readonly toFrame: number;
  /** How many frames of the stretch are doubtful; the others lie in its gaps. */
  readonly doubtfulFrames: number;
  readonly worstFrame: number;
  readonly worstConfidence: number;
  /** Sum of 1 - confidence over the doubtful frames: long and bad stretches have most. */
  readonly missingConfidence: number;
};

export type ReviewRange = { readonly inFrame: number; readonly outFrame: number };

/** Whether a propagated mask is doubtful; one that no engine judged is not. */
export function isDoubtful(mask: Pick<FrameMask, 'confidence'>): boolean {
  return mask.confidence !== undefined && mask.confidence < DOUBT_BELOW;
}

/** Frames on which the mask that counts is propagated and doubtful, ascending, with its confidence. */
export function doubtfulFramesOf(track: MaskTrack): (readonly [frameIndex: number, confidence: number])[] {
  return [...track.propagated]
    .flatMap(([frame, mask]) =>
      isDoubtful(mask) && !track.prompted.has(frame) ? [[frame, mask.confidence ?? 0] as const] : [],
    )
    .toSorted(([a], [b]) => a - b);
}

/** Whether few frames lie between the two, and none that the user answered for. */
function isShortGap(track: MaskTrack, before: number, after: number): boolean {
  const gap = Array.from(
    { length: Math.min(after - before, MERGE_GAP_FRAMES + 2) - 1 },
    (_, i) => before + 1 + i,
  );
  return gap.length <= MERGE_GAP_FRAMES && !gap.some((frame) => track.prompted.has(frame));
}

/** The doubtful stretches of one track inside the range, ascending. */
function stretchesOf(track: MaskTrack, range: ReviewRange): DoubtfulStretch[] {
  const stretches: DoubtfulStretch[] = [];
  for (const [frame, confidence] of doubtfulFramesOf(track)) {
    if (frame < range.inFrame || frame > range.outFrame) {
      continue;
    }
    const last = stretches.at(-1);
    if (!last || !isShortGap(track, last.toFrame, frame)) {
      stretches.push({
        objectId: track.objectId,
        fromFrame: frame,
        toFrame: frame,
        doubtfulFrames: 1,
        worstFrame: frame,
        worstConfidence: confidence,
        missingConfidence: 1 - confidence,
      });
    } else {
      stretches[stretches.length - 1] = {
        ...last,
        toFrame: frame,
        doubtfulFrames: last.doubtfulFrames + 1,
        missingConfidence: last.missingConfidence + 1 - confidence,
        ...(confidence < last.worstConfidence ? { worstFrame: frame, worstConfidence: confidence } : {}),
      };
    }
  }
  return stretches;
}

/**
 * The doubtful stretches of all objects inside the range, most missing confidence first. Competitors are left out: they
 * are not in the result, and where one does harm the object beside it is doubtful too.
 */
export function doubtfulStretches(
  tracks: Tracks,
  labels: readonly Label[],
  range: ReviewRange,
): DoubtfulStretch[] {
  return labels
    .flatMap(({ objectId, role }) => {
      const track = role === 'object' ? tracks.get(objectId) : undefined;
      return track ? stretchesOf(track, range) : [];
    })
    .toSorted((a, b) => b.missingConfidence - a.missingConfidence || a.fromFrame - b.fromFrame);
}

/** A doubtful frame, and which object is least sure there. */
export type DoubtfulFrame = {
  readonly frameIndex: number;
  readonly objectId: ObjectId;
  readonly confidence: number;
};

/** Frames inside the range on which an object is doubtful, ascending. */
export function doubtfulFrames(
  tracks: Tracks,
  labels: readonly Label[],
  range: ReviewRange,
): DoubtfulFrame[] {
  const worst = new Map<number, DoubtfulFrame>();
  for (const { objectId, role } of labels) {
    const track = role === 'object' ? tracks.get(objectId) : undefined;
    for (const [frameIndex, confidence] of track ? doubtfulFramesOf(track) : []) {
      const isInside = frameIndex >= range.inFrame && frameIndex <= range.outFrame;
      if (isInside && confidence < (worst.get(frameIndex)?.confidence ?? Infinity)) {
        worst.set(frameIndex, { frameIndex, objectId, confidence });
      }
    }
  }
  return [...worst.values()].toSorted((a, b) => a.frameIndex - b.frameIndex);
}
