/** The masks of a frame after their labels' clean-up rules. No drawn mask changes; what is cleaned is kept at hand. */
import type { ObjectId } from '../base/ids';
import { minusRle } from '../compare/maskDifference';
import { fillHolesUpTo, keepLargest, keepTouching, removeSpecks } from '../edit/cleanMask';
import { growShrink } from '../edit/growShrink';
import { rleArea, type Rle } from '../mask/rle';
import { cleanupAt, cleanupRangeAt, isSameRule, noCleanup, type CleanupRule } from './cleanupRules';
import { cutMask, withRle } from './maskAtThreshold';
import { maskAt, type FrameMask, type MaskTrack, type Tracks } from './maskTrack';

/** Masks looked at last; a clip of 8 labels has these within 256 frames at hand. */
const MAX_KEPT = 2048;

type Cleaned = {
  readonly rule: CleanupRule;
  /** What it had to touch; null where nothing. */
  readonly previous: Rle | null;
  readonly pieces: Rle;
  readonly rle: Rle;
};

type Apart = { readonly rle: Rle; readonly others: readonly FrameMask[]; readonly mask: FrameMask };

/** Oldest first. What is cleaned stays the same object while nothing it is made of changes. */
const cleaned = new Map<FrameMask, Cleaned>();
const apart = new Map<FrameMask, Apart>();
/** The pieces that stay on each frame, for tracks that have to touch what was before; a track never changes. */
const chains = new WeakMap<MaskTrack, Map<number, Rle>>();

/**
 * Each mask by its label's rule on the frame: specks go, the wanted pieces stay, holes are filled, the outline moves. What
 * a mask gains by that it gains only where no other label is. Masks made by hand stay as they were made. With no rule
 * set anywhere, the list itself.
 */
export function applyCleanup<T extends { readonly objectId: ObjectId; readonly mask: FrameMask }>(
  masks: readonly T[],
  tracks: Tracks,
  frameIndex: number,
): readonly T[] {
  const outlines = masks.map(({ objectId, mask }) => {
    const track = tracks.get(objectId);
    return track && hasRule(track, frameIndex, mask) ? cleanOutline(track, frameIndex, mask) : mask.rle;
  });
  if (outlines.every((rle, index) => rle === masks[index]!.mask.rle)) {
    return masks;
  }
  const gains = masks.map(({ mask }, index) => gainsPixels(mask.rle, outlines[index]!));
  // Those that only lose first: what they give up may be gained.
  const result = masks.map((entry, index) =>
    outlines[index] === entry.mask.rle || gains[index]
      ? entry
      : { ...entry, mask: keepApart(entry.mask, outlines[index]!, []) },
  );
  masks.forEach((entry, index) => {
    if (gains[index]) {
      const others = result.filter((_, other) => other !== index).map(({ mask }) => mask);
      result[index] = { ...entry, mask: keepApart(entry.mask, outlines[index]!, others) };
    }
  });
  return result;
}

function hasRule(track: MaskTrack, frameIndex: number, mask: FrameMask): boolean {
  return track.rules !== undefined && !mask.edit && cleanupRangeAt(track.rules, frameIndex) !== null;
}

function cleanOutline(track: MaskTrack, frameIndex: number, mask: FrameMask): Rle {
  const rule = cleanupAt(track.rules, frameIndex);
  const previous = rule.keep === 'touching' ? previousPieces(track, frameIndex) : null;
  return clean(mask, rule, previous).rle;
}

function clean(mask: FrameMask, rule: CleanupRule, previous: Rle | null): Cleaned {
  const found = cleaned.get(mask);
  if (found && found.previous === previous && isSameRule(found.rule, rule)) {
    return found;
  }
  const pieces = keptPiecesOf(removeSpecks(mask.rle, rule.minAreaPx), rule, previous);
  const filled = rule.maxHolePx > 0 ? fillHolesUpTo(pieces, rule.maxHolePx) : pieces;
  const made = { rule, previous, pieces, rle: growShrink(filled, rule.growPx) };
  remember(cleaned, mask, made);
  return made;
}

function keptPiecesOf(rle: Rle, { keep }: CleanupRule, previous: Rle | null): Rle {
  if (keep === 'largest') {
    return keepLargest(rle);
  }
  return keep === 'touching' && previous ? keepTouching(rle, previous) : rle;
}

/**
 * What a mask has to touch: the pieces that stayed on the frame before. That goes back frame by frame to a mask that the
 * user gave, to the beginning of the rule's range or to a gap; there, the mask counts whole. Null when there is no mask
 * on the frame before.
 */
function previousPieces(track: MaskTrack, frameIndex: number): Rle | null {
  const chain = chains.get(track) ?? new Map<number, Rle>();
  chains.set(track, chain);
  const waiting: number[] = [];
  let pieces: Rle | null = null;
  for (let frame = frameIndex - 1; ; frame -= 1) {
    const known = chain.get(frame);
    const at = known ? null : maskAt(track, frame);
    if (known || !at) {
      pieces = known ?? null;
      break;
    }
    const isChained = at.source === 'propagated' && cleanupAt(track.rules, frame).keep === 'touching';
    if (!isChained) {
      pieces = clean(cutMask(track, frame, at.mask), cleanupHere(track, frame, at.mask), null).pieces;
      chain.set(frame, pieces);
      break;
    }
    waiting.push(frame);
  }
  for (const frame of waiting.toReversed()) {
    const mask = cutMask(track, frame, maskAt(track, frame)!.mask);
    pieces = clean(mask, cleanupAt(track.rules, frame), pieces).pieces;
    chain.set(frame, pieces);
  }
  return pieces;
}

function cleanupHere(track: MaskTrack, frame: number, mask: FrameMask): CleanupRule {
  return mask.edit ? noCleanup : cleanupAt(track.rules, frame);
}

function gainsPixels(before: Rle, after: Rle): boolean {
  return before !== after && rleArea(minusRle(after, before)) > 0;
}

/** The mask with the outline, less what it would gain of others. */
function keepApart(mask: FrameMask, outline: Rle, others: readonly FrameMask[]): FrameMask {
  const found = apart.get(mask);
  if (found && found.rle === outline && isSameList(found.others, others)) {
    return found.mask;
  }
  const gained = minusRle(outline, mask.rle);
  const taken = others.reduce((rle, other) => (other.areaPx > 0 ? minusRle(rle, other.rle) : rle), gained);
  const made = withRle(mask, others.length === 0 ? outline : minusRle(outline, minusRle(gained, taken)));
  remember(apart, mask, { rle: outline, others, mask: made });
  return made;
}

function remember<V>(kept: Map<FrameMask, V>, mask: FrameMask, value: V): void {
  kept.delete(mask);
  kept.set(mask, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= MAX_KEPT) {
      break;
    }
    kept.delete(oldest);
  }
}

function isSameList(a: readonly FrameMask[], b: readonly FrameMask[]): boolean {
  return a.length === b.length && a.every((mask, index) => mask === b[index]);
}
