/** DAVIS region similarity J: how much of two masks is common to both. */
import { assert } from '../base/assert';
import type { BinaryMask } from '../mask/binaryMask';

/**
 * Intersection over union of two masks of one size, 0..1; two empty masks are alike: 1 (Perazzi et al., "A Benchmark
 * Dataset and Evaluation Methodology for Video Object Segmentation", CVPR 2016). Pixels of `ignored` (void) do not count.
 */
export function regionSimilarity(mask: BinaryMask, truth: BinaryMask, ignored?: BinaryMask): number {
  assert(mask.width === truth.width && mask.height === truth.height, 'both masks have one size');
  let common = 0;
  let either = 0;
  for (let index = 0; index < mask.data.length; index += 1) {
    if (ignored?.data[index]) {
      continue;
    }
    common += mask.data[index]! & truth.data[index]!;
    either += mask.data[index]! | truth.data[index]!;
  }
  return either === 0 ? 1 : common / either;
}
