/** Which of the decoder's four masks answers a prompt. */
import { assert } from '../../core/base/assert';

/** Mask 0 is for prompts that are clear; 1 to 3 are for those that may mean a thing or a part of it. */
export const MASK_COUNT = 4;

/** A prompt of so many points at most may mean several things; a box counts as two. */
export const MOST_AMBIGUOUS_POINTS = 1;

export type StabilityRule = {
  /** A mask is stable when moving the threshold by so much either way keeps its area... */
  readonly delta: number;
  /** ...to at least this share. */
  readonly threshold: number;
};

export type MaskChoice = {
  /** Of the four masks. */
  readonly mask: number;
  /** Of the four tokens, of which the object pointer is made. */
  readonly token: number;
};

/**
 * One point or none (tracked frames have none): the one of masks 1 to 3 with the best predicted IoU. More: mask 0, or
 * where it is unstable the best of the others; the pointer is made of token 0 either way.
 * `logits` float32[4 * n], `ious` float32[4].
 * Source: facebookresearch/sam2, sam2/modeling/sam/mask_decoder.py, `_dynamic_multimask_via_stability`; the rule of one
 * point: sam2.1 configs, `multimask_max_pt_num`.
 */
export function chooseMask(
  { logits, ious }: { readonly logits: Float32Array; readonly ious: Float32Array },
  pointCount: number,
  rule: StabilityRule,
): MaskChoice {
  assert(ious.length === MASK_COUNT && logits.length % MASK_COUNT === 0, 'the decoder draws four masks');
  const best = bestOfThree(ious);
  if (pointCount <= MOST_AMBIGUOUS_POINTS) {
    return { mask: best, token: best };
  }
  const clear = logits.subarray(0, logits.length / MASK_COUNT);
  return { mask: stabilityOf(clear, rule.delta) >= rule.threshold ? 0 : best, token: 0 };
}

/** The first of the best, as PyTorch's argmax has it. */
function bestOfThree(ious: Float32Array): number {
  let best = 1;
  for (let mask = 2; mask < MASK_COUNT; mask += 1) {
    if (ious[mask]! > ious[best]!) {
      best = mask;
    }
  }
  return best;
}

/** IoU of the masks cut `delta` above and below 0; 1 for a mask that is empty both ways. */
function stabilityOf(logits: Float32Array, delta: number): number {
  let inner = 0;
  let outer = 0;
  for (const logit of logits) {
    inner += logit > delta ? 1 : 0;
    outer += logit > -delta ? 1 : 0;
  }
  return outer > 0 ? inner / outer : 1;
}
