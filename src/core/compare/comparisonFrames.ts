/** What two sets have on each frame, ready to be scored: in the worker, or in a loop. */
import type { Rle } from '../mask/rle';
import type { LabelPair } from './labelPairs';
import { unionRle } from './maskDifference';
import { maskOfLabel, maskSetFrame, type MaskSet, type SetFrame } from './maskSet';
import { scorePair, type MaskPair, type PairScore } from './pairScore';

/** Plain data: it can be sent to a worker. */
export type FrameToScore = {
  readonly frameIndex: number;
  /** In the order of the label pairs. */
  readonly pairs: readonly MaskPair[];
  /** Void pixels of either set; null for none. */
  readonly ignored: Rle | null;
};

export type FrameScores = { readonly frameIndex: number; readonly pairs: readonly PairScore[] };

/** Null where either set has no masks: such a frame is not compared. */
export function frameToScore(
  a: MaskSet,
  b: MaskSet,
  pairs: readonly LabelPair[],
  frameIndex: number,
): FrameToScore | null {
  const inA = maskSetFrame(a, frameIndex);
  const inB = inA && maskSetFrame(b, frameIndex);
  if (!inA || !inB) {
    return null;
  }
  return {
    frameIndex,
    pairs: pairs.map((pair) => ({ a: maskOfLabel(inA, pair.a), b: maskOfLabel(inB, pair.b) })),
    ignored: ignoredByEither(inA, inB),
  };
}

/** Void pixels of either set; null for none. */
export function ignoredByEither(a: SetFrame, b: SetFrame): Rle | null {
  return a.ignored && b.ignored ? unionRle(a.ignored, b.ignored) : (a.ignored ?? b.ignored);
}

export function scoreFrame({ frameIndex, pairs, ignored }: FrameToScore): FrameScores {
  return { frameIndex, pairs: pairs.map((pair) => scorePair(pair, ignored)) };
}
