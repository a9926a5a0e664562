/** Keeps locked pixels of a frame's masks as they were drawn, whatever the rules of their labels make of them. */
import type { Label } from '../label/label';
import type { Rle } from '../mask/rle';
import type { FrameMask, Tracks } from './maskTrack';
import { regionRle, withLockedKept } from './regions';

type Kept = { readonly drawn: FrameMask; readonly locked: Rle; readonly mask: FrameMask };

/** By what the rules made: it stays the same object while nothing changes, and so does what is kept of it. */
const kept = new WeakMap<FrameMask, Kept>();

/** `ruled` are the masks of `drawn`, one by one, after rules. With no locked pixels, or no change, the list itself. */
export function withLockedAsDrawn<T extends { readonly mask: FrameMask }>(
  drawn: readonly T[],
  ruled: readonly T[],
  { tracks, labels, frameIndex }: { tracks: Tracks; labels: readonly Label[]; frameIndex: number },
): readonly T[] {
  const locked = ruled === drawn ? null : regionRle(tracks, labels, frameIndex, 'locked');
  if (!locked) {
    return ruled;
  }
  return ruled.map((entry, index) => {
    const before = drawn[index]!.mask;
    return entry.mask === before ? entry : { ...entry, mask: keptOf(before, entry.mask, locked) };
  });
}

function keptOf(drawn: FrameMask, ruled: FrameMask, locked: Rle): FrameMask {
  const found = kept.get(ruled);
  if (found?.drawn === drawn && found.locked === locked) {
    return found.mask;
  }
  const mask = withLockedKept(ruled, drawn.rle, locked);
  kept.set(ruled, { drawn, locked, mask });
  return mask;
}
