/** Decides which label each pixel belongs to. */
import { assert } from '../base/assert';
import type { BinaryMask } from './binaryMask';
import { MASK_THRESHOLD, type MaskLogits } from './logits';

/**
 * One mask for each label, none overlapping: a pixel goes to the label with the highest logit where any is above the
 * threshold (the earlier label on a tie), else to none. Competitors must be among the labels: they take their pixels
 * here, and are dropped only from results.
 */
export function mergeLogits(labels: readonly MaskLogits[]): BinaryMask[] {
  const first = labels[0];
  if (!first) {
    return [];
  }
  assert(labels.length <= 255, 'at most 255 labels');
  const { width, height } = first;
  const winners = new Uint8Array(width * height);
  const highest = new Float32Array(width * height).fill(MASK_THRESHOLD);
  labels.forEach(({ data }, index) => {
    assert(data.length === winners.length, 'all logits of a frame have one size');
    const number = index + 1;
    for (let pixel = 0; pixel < data.length; pixel += 1) {
      const logit = data[pixel]!;
      if (logit > highest[pixel]!) {
        highest[pixel] = logit;
        winners[pixel] = number;
      }
    }
  });
  return labels.map((_, index) => {
    const number = index + 1;
    const data = new Uint8Array(winners.length);
    for (let pixel = 0; pixel < data.length; pixel += 1) {
      data[pixel] = winners[pixel] === number ? 1 : 0;
    }
    return { width, height, data };
  });
}

/** The logits inside `mask`; outside it -Infinity, which never wins a pixel. */
export function confineLogits({ width, height, data }: MaskLogits, mask: BinaryMask): MaskLogits {
  assert(mask.data.length === data.length, 'a mask has the size of its logits');
  return { width, height, data: data.map((logit, pixel) => (mask.data[pixel] ? logit : -Infinity)) };
}

/** The pixels of `mask` that no mask of `others` has. */
export function subtractMasks(mask: BinaryMask, others: readonly BinaryMask[]): BinaryMask {
  const data = mask.data.slice();
  for (const other of others) {
    assert(other.data.length === data.length, 'masks of a frame have one size');
    for (let pixel = 0; pixel < data.length; pixel += 1) {
      data[pixel] = data[pixel]! & (other.data[pixel]! ^ 1);
    }
  }
  return { width: mask.width, height: mask.height, data };
}
