/** A pass's logits as masks of the footage's size, with their probabilities and confidence. */
import type { Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { mergeLogits } from '../../../core/mask/mergeLogits';
import type { Rle } from '../../../core/mask/rle';
import { softMasksOf } from '../../../core/mask/softLogits';
import type { SoftMask } from '../../../core/mask/softMask';
import type { Cue, FrameMask } from '../../../core/track/maskTrack';
import { frameMaskOf } from '../../sam/frameMaskOf';
import { confidenceOf } from './confidence';
import type { CueWeights } from './cueTrust';
import type { PassStep } from './memoryPass';
import { enlarge } from './softLabels';

export type DrawnMask = {
  readonly mask: BinaryMask;
  readonly soft: SoftMask;
  readonly confidence: number;
  readonly cue: Cue;
  readonly predictedIou: number | null;
};

export function drawnMasks({ logits, evidence, weights }: PassStep, work: Size, source: Size): DrawnMask[] {
  const planes = logits.map((plane) => ({ ...work, data: plane }));
  const soft = softMasksOf(planes);
  const masks = mergeLogits(logits.map((plane) => ({ ...source, data: enlarge(plane, work, source) })));
  return masks.map((mask, label) => ({
    mask: { ...mask },
    soft: soft[label]!,
    confidence: confidenceOf(evidence[label]!),
    cue: leadingCue(weights[label]!),
    predictedIou: evidence[label]!.predictedIou,
  }));
}

export function frameMaskOfPass({ mask, soft, confidence, cue, predictedIou }: DrawnMask): FrameMask {
  return { ...frameMaskOf(mask, predictedIou, soft), confidence, cue };
}

function leadingCue({ memory, sam, colour }: CueWeights): Cue {
  if (colour >= sam && colour >= memory) {
    return 'colour';
  }
  return sam >= memory ? 'sam' : 'memory';
}

export function maskOnFrame({ size: [height, width] }: Rle): Size {
  return { width, height };
}
