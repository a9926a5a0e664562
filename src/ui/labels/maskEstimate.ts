/** The one number that a label's row says of its mask on this frame. */
import { isDoubtful } from '../../core/review/doubtfulStretches';
import type { FrameMask } from '../../core/track/maskTrack';
import { confidenceText } from '../review/maskWords';
import { predictedIouText } from './predictedIouText';

export type MaskEstimate = {
  readonly kind: 'confidence' | 'predictedIou';
  readonly text: string;
  readonly isDoubtful: boolean;
};

/**
 * How sure the propagation engine is, where it judged the mask, for that is what its lane shows; else SAM's own estimate;
 * null where nobody estimated.
 */
export function maskEstimate(mask: FrameMask | null): MaskEstimate | null {
  if (mask?.confidence !== undefined) {
    return { kind: 'confidence', text: confidenceText(mask.confidence), isDoubtful: isDoubtful(mask) };
  }
  const predictedIou = mask?.predictedIou ?? null;
  return predictedIou === null
    ? null
    : { kind: 'predictedIou', text: predictedIouText(predictedIou), isDoubtful: false };
}
