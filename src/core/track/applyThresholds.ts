/** The masks of a frame cut at the thresholds that their labels have there. */
import type { ObjectId } from '../base/ids';
import { minusRle, unionRle } from '../compare/maskDifference';
import type { Box } from '../geometry/box';
import { maskAtThreshold, withRle } from './maskAtThreshold';
import type { FrameMask, Tracks } from './maskTrack';
import { DRAWN_PROBABILITY, thresholdAt } from './thresholdRanges';

/** Frames looked at last, some labels on each. */
const MAX_KEPT = 256;

type Cut = {
  readonly probability: number;
  /** The masks that this one could not grow into. */
  readonly others: readonly FrameMask[];
  readonly mask: FrameMask;
};

/** In order of use, oldest first. What is cut stays the same object for as long as nothing it is made of changes. */
const kept = new Map<FrameMask, Cut>();

/**
 * Each mask at its label's threshold. A mask that grows takes only pixels that no other label has; of two that grow
 * into the same pixels, the earlier gets them. With no threshold set anywhere, the list itself.
 */
export function applyThresholds<T extends { readonly objectId: ObjectId; readonly mask: FrameMask }>(
  masks: readonly T[],
  tracks: Tracks,
  frameIndex: number,
): readonly T[] {
  const probabilities = masks.map(({ objectId, mask }) =>
    mask.soft ? thresholdAt(tracks.get(objectId)?.thresholds, frameIndex) : DRAWN_PROBABILITY,
  );
  if (probabilities.every((probability) => probability === DRAWN_PROBABILITY)) {
    return masks;
  }
  // Those that shrink first: what they give up may be grown into.
  const result = masks.map((entry, index) =>
    probabilities[index]! > DRAWN_PROBABILITY
      ? { ...entry, mask: cutApart(entry.mask, probabilities[index]!, []) }
      : entry,
  );
  probabilities.forEach((probability, index) => {
    if (probability < DRAWN_PROBABILITY) {
      const others = result.filter((_, other) => other !== index).map(({ mask }) => mask);
      result[index] = { ...result[index]!, mask: cutApart(masks[index]!.mask, probability, others) };
    }
  });
  return result;
}

function cutApart(mask: FrameMask, probability: number, others: readonly FrameMask[]): FrameMask {
  const found = kept.get(mask);
  kept.delete(mask);
  const cut =
    found?.probability === probability && isSameList(found.others, others)
      ? found
      : { probability, others, mask: withoutOthers(mask, maskAtThreshold(mask, probability), others) };
  kept.set(mask, cut);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) {
      break;
    }
    kept.delete(oldest);
  }
  return cut.mask;
}

function isSameList(a: readonly FrameMask[], b: readonly FrameMask[]): boolean {
  return a.length === b.length && a.every((mask, index) => mask === b[index]);
}

/** `grown` less the pixels of others; what `mask` had from the start it keeps. */
function withoutOthers(mask: FrameMask, grown: FrameMask, others: readonly FrameMask[]): FrameMask {
  const near = others.filter((other) => overlap(other.box, grown.box));
  if (near.length === 0) {
    return grown;
  }
  const added = near.reduce((rle, other) => minusRle(rle, other.rle), minusRle(grown.rle, mask.rle));
  return withRle(grown, unionRle(mask.rle, added));
}

function overlap(a: Box | null, b: Box | null): boolean {
  return a !== null && b !== null && a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
