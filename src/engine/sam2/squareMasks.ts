/** Between masks of the footage and SAM 2's stretched square. */
import type { Size } from '../../core/geometry/box';
import { resamplePlane } from '../../core/geometry/resamplePlane';
import type { BinaryMask } from '../../core/mask/binaryMask';
import type { MaskLogits } from '../../core/mask/logits';

/**
 * Logits of the square, float32[side * side], at the footage's size.
 * Source: facebookresearch/sam2, sam2/sam2_video_predictor.py, `_get_orig_video_res_output`.
 */
export function sourceLogits(logits: Float32Array, side: number, source: Size): MaskLogits {
  const data = resamplePlane(logits, { width: side, height: side }, source, 'plain');
  return { ...source, data };
}

/**
 * A mask of the footage on the square, float32[side * side] of 0 and 1.
 * Source: facebookresearch/sam2, sam2/sam2_video_predictor.py, `add_new_mask`.
 */
export function squareMask(mask: BinaryMask, side: number): Float32Array<ArrayBuffer> {
  const shares = resamplePlane(mask.data, mask, { width: side, height: side }, 'antialiased');
  return shares.map((share) => (share >= 0.5 ? 1 : 0));
}
