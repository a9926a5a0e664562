/** Two passes that meet: what forward and backward say of the same frames, as one answer. */
import { assert } from '../../../core/base/assert';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { decodeSoftMask, encodeSoftMask, type SoftMask } from '../../../core/mask/softMask';
import { thresholdSoft } from '../../../core/mask/softThreshold';

/** One label on one frame, as one pass drew it. */
export type PassMask = {
  readonly mask: BinaryMask;
  readonly soft: SoftMask;
  /** 0..1 */
  readonly confidence: number;
  /** Frames from where the pass began; at least 1. */
  readonly distance: number;
};

export type FusedMask = {
  readonly mask: BinaryMask;
  readonly soft: SoftMask;
  /** IoU of the two passes' masks: 1 when they agree to the pixel. */
  readonly agreement: number;
  readonly confidence: number;
  /** Share of the forward pass, 0..1. */
  readonly forwardShare: number;
};

/** How much the surer pass is preferred: the ratio of confidences to this power. */
const SURENESS = 2;
const LEAST_CONFIDENCE = 0.05;

/**
 * Where both agree, their answer stands to the pixel; where they differ, their log-odds are weighed by confidence and
 * by nearness to the annotated frame that each pass came from. Passes that agree make the answer surer, passes that
 * differ make it doubtful. Swapping the passes swaps nothing but `forwardShare`.
 */
export function fuseMasks(forward: PassMask, backward: PassMask): FusedMask {
  const { width, height } = forward.mask;
  assert(backward.mask.width === width && backward.mask.height === height, 'passes have one picture size');
  const weight = ({ confidence, distance }: PassMask): number =>
    Math.max(LEAST_CONFIDENCE, confidence) ** SURENESS / distance;
  const share = weight(forward) / (weight(forward) + weight(backward));
  const ahead = decodeSoftMask(forward.soft);
  const back = decodeSoftMask(backward.soft);
  const logits = ahead.map((logit, cell) => share * logit + (1 - share) * back[cell]!);
  const soft = encodeSoftMask(logits, forward.soft.width, forward.soft.height);
  const between = thresholdSoft(soft, { width, height }, 0.5);
  const data = new Uint8Array(width * height);
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const a = forward.mask.data[pixel]!;
    const b = backward.mask.data[pixel]!;
    both += a & b;
    either += a | b;
    data[pixel] = a === b ? a : between.data[pixel]!;
  }
  const agreement = either === 0 ? 1 : both / either;
  return {
    mask: { width, height, data },
    soft,
    agreement,
    confidence: fusedConfidence(forward.confidence, backward.confidence, share, agreement),
    forwardShare: share,
  };
}

/** Each pass's odds of being right, pulled up by agreement and down by disagreement. */
function fusedConfidence(forward: number, backward: number, share: number, agreement: number): number {
  const own = share * forward + (1 - share) * backward;
  // Two passes from different annotated frames seldom err in the same way.
  return Math.max(
    0,
    Math.min(1, own + (1 - own) * Math.max(0, agreement - 0.7) * 2 - Math.max(0, 0.7 - agreement) * own),
  );
}
