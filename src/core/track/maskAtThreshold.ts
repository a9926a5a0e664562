/** A label's mask on a frame, cut at another probability than it was drawn at. No model is needed for it. */
import { minusRle, unionRle } from '../compare/maskDifference';
import { decodeRle, encodeRle, rleArea, rleBox, type Rle } from '../mask/rle';
import { forEachSoftRow, logitOf, thresholdSoft } from '../mask/softThreshold';
import type { FrameMask, MaskTrack } from './maskTrack';
import { DRAWN_PROBABILITY, thresholdAt } from './thresholdRanges';

/** The mask with another outline; what is known of it beside the outline stays. */
export function withRle(mask: FrameMask, rle: Rle): FrameMask {
  return { ...mask, rle, box: rleBox(rle), areaPx: rleArea(rle) };
}

/**
 * At 0.5, and where no probabilities are kept, the mask itself. Its outline was drawn at full resolution, so below 0.5
 * it keeps its pixels and gets those that are likely enough, and above it keeps those of its pixels that are: the
 * higher the probability, the smaller the mask, and no pixel comes and goes again.
 */
export function maskAtThreshold(mask: FrameMask, probability: number): FrameMask {
  if (!mask.soft || probability === DRAWN_PROBABILITY) {
    return mask;
  }
  const [height, width] = mask.rle.size;
  const likely = encodeRle(thresholdSoft(mask.soft, { width, height }, probability));
  const rle =
    probability < DRAWN_PROBABILITY
      ? unionRle(mask.rle, likely)
      : minusRle(mask.rle, minusRle(mask.rle, likely));
  return withRle(mask, rle);
}

/** One of the track's masks as its threshold on that frame cuts it; other labels are not looked at. */
export function cutMask(track: MaskTrack | undefined, frameIndex: number, mask: FrameMask): FrameMask {
  return maskAtThreshold(mask, thresholdAt(track?.thresholds, frameIndex));
}

/** The areas that maskAtThreshold gives at each probability, in pixels, without drawing them; null without probabilities. */
export function areasAtThresholds(mask: FrameMask, probabilities: readonly number[]): number[] | null {
  if (!mask.soft) {
    return null;
  }
  const drawn = decodeRle(mask.rle);
  const limits = probabilities.map(logitOf);
  const areas = limits.map(() => 0);
  forEachSoftRow(mask.soft, drawn, (y, logits) => {
    const row = drawn.data.subarray(y * drawn.width, (y + 1) * drawn.width);
    limits.forEach((limit, index) => {
      const probability = probabilities[index]!;
      const least = probability > DRAWN_PROBABILITY ? 2 : 1;
      let count = 0;
      for (let x = 0; x < row.length; x += 1) {
        count += row[x]! + (logits[x]! > limit ? 1 : 0) >= least ? 1 : 0;
      }
      areas[index]! += count;
    });
  });
  return areas.map((area, index) => (probabilities[index] === DRAWN_PROBABILITY ? mask.areaPx : area));
}
