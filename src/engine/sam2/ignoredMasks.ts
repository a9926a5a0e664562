/** The pixels of each frame that nothing is learned from, at the footage's size and on SAM 2's square. */
import type { BinaryMask } from '../../core/mask/binaryMask';
import { decodeRle, type Rle } from '../../core/mask/rle';
import { ignoredOn, type PropagationRequest } from '../../core/segment/segmentation';
import { squareMask } from './squareMasks';

export type IgnoredMask = {
  readonly atSource: BinaryMask;
  /** float32[side * side] of 0 and 1. */
  readonly onSquare: Float32Array;
};

/** Makes each entry once. Null: nothing is ignored. */
export function ignoredMasks(
  { ignored }: PropagationRequest,
  side: number,
): (frameIndex: number) => IgnoredMask | null {
  const made = new Map<Rle, IgnoredMask>();
  return (frameIndex) => {
    const rle = ignoredOn(ignored, frameIndex);
    if (!rle) {
      return null;
    }
    let entry = made.get(rle);
    if (!entry) {
      const atSource = decodeRle(rle);
      entry = { atSource, onSquare: squareMask(atSource, side) };
      made.set(rle, entry);
    }
    return entry;
  };
}
