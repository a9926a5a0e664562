/** A pass's logits as masks of the footage's size, with their probabilities and confidence. */
import { assert } from '../../../core/base/assert';
import type { Size } from '../../../core/geometry/box';
import type { BinaryMask } from '../../../core/mask/binaryMask';
import { mergeLogits, subtractMasks } from '../../../core/mask/mergeLogits';
import { decodeRle, type Rle } from '../../../core/mask/rle';
import { softMasksOf } from '../../../core/mask/softLogits';
import { SOFT_LOGIT_LIMIT, decodeSoftMask, encodeSoftMask, type SoftMask } from '../../../core/mask/softMask';
import type { Cue, FrameMask } from '../../../core/track/maskTrack';
import { frameMaskOf } from '../../sam/frameMaskOf';
import { confidenceOf } from './confidence';
import type { CueWeights } from './cueFusion';
import type { PassStep } from './memoryPass';
import { enlarge } from './softLabels';

export type DrawnMask = {
  readonly mask: BinaryMask;
  readonly soft: SoftMask;
  readonly confidence: number;
  readonly cue: Cue;
  readonly predictedIou: number | null;
};

export function drawnMasks({ logits, evidence, shares }: PassStep, work: Size, source: Size): DrawnMask[] {
  const planes = logits.map((plane) => ({ ...work, data: plane }));
  const soft = softMasksOf(planes);
  const masks = mergeLogits(logits.map((plane) => ({ ...source, data: enlarge(plane, work, source) })));
  return masks.map((mask, label) => {
    const cue = leadingCue(shares[label]!);
    return {
      mask,
      soft: soft[label]!,
      confidence: confidenceOf(evidence[label]!),
      cue,
      // What SAM thinks of its own drawing says nothing of a mask that another cue drew.
      predictedIou: cue === 'sam' ? evidence[label]!.predictedIou : null,
    };
  });
}

/** Without the pixels that the user gave to others: however low the threshold, they stay theirs. */
export function withoutGiven(entry: DrawnMask, given: readonly BinaryMask[]): DrawnMask {
  return withoutPixels(entry, given, -SOFT_LOGIT_LIMIT);
}

/** Without the pixels that others won: there, a label is as likely as not at most. */
export function withoutRivals(entry: DrawnMask, rivals: readonly BinaryMask[]): DrawnMask {
  return withoutPixels(entry, rivals, 0);
}

/** Takes pixels away from the mask, and brings the logits of cells in the middle of them down to `most`. */
function withoutPixels(entry: DrawnMask, taken: readonly BinaryMask[], most: number): DrawnMask {
  const { width, height } = entry.soft;
  const logits = decodeSoftMask(entry.soft);
  let isChanged = false;
  for (const { width: columns, height: rows, data } of taken) {
    for (let y = 0; y < height; y += 1) {
      const row = Math.floor(((y + 0.5) * rows) / height) * columns;
      for (let x = 0; x < width; x += 1) {
        const cell = y * width + x;
        if (logits[cell]! > most && data[row + Math.floor(((x + 0.5) * columns) / width)]) {
          logits[cell] = most;
          isChanged = true;
        }
      }
    }
  }
  return {
    ...entry,
    mask: subtractMasks(entry.mask, taken),
    soft: isChanged ? encodeSoftMask(logits, width, height) : entry.soft,
  };
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

/** The inverse of frameMaskOfPass; for masks that a pass drew. */
export function drawnMaskOf({ rle, soft, confidence, cue, predictedIou }: FrameMask): DrawnMask {
  assert(soft && confidence !== undefined && cue, 'a pass says how sure it is');
  return { mask: decodeRle(rle), soft, confidence, cue, predictedIou };
}
