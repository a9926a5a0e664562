/** Whether a confidence says how good masks are: IoU by confidence, and how often doubt and trust are right. */
import { mean } from './sequenceScores';

/** One mask's confidence, and its true IoU; both 0..1. */
export type Judged = { readonly confidence: number; readonly iou: number };

export type ConfidenceBin = {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Null in an empty bin. */
  readonly meanIou: number | null;
};

/** Below this confidence a mask is doubted, from TRUSTED up it is trusted. */
export const DOUBTED = 0.5;
export const TRUSTED = 0.8;
/** Below this IoU a mask is bad, from GOOD_IOU up it is good. */
export const BAD_IOU = 0.5;
export const GOOD_IOU = 0.75;

const BIN_COUNT = 5;

/** Five bins of one width over 0..1, ascending; the last one includes 1. */
export function confidenceBins(judged: readonly Judged[]): ConfidenceBin[] {
  return Array.from({ length: BIN_COUNT }, (_, bin) => {
    const inside = judged.filter(
      ({ confidence }) => Math.min(BIN_COUNT - 1, Math.max(0, Math.floor(confidence * BIN_COUNT))) === bin,
    );
    return {
      from: bin / BIN_COUNT,
      to: (bin + 1) / BIN_COUNT,
      count: inside.length,
      meanIou: mean(inside.map(({ iou }) => iou)),
    };
  });
}

/** Of the doubted masks the share that is bad, of the trusted ones the share that is good; null of none. */
export function confidenceHits(judged: readonly Judged[]): {
  readonly doubted: number;
  readonly doubtedBad: number | null;
  readonly trusted: number;
  readonly trustedGood: number | null;
} {
  const doubted = judged.filter(({ confidence }) => confidence < DOUBTED);
  const trusted = judged.filter(({ confidence }) => confidence >= TRUSTED);
  return {
    doubted: doubted.length,
    doubtedBad: mean(doubted.map(({ iou }) => (iou < BAD_IOU ? 1 : 0))),
    trusted: trusted.length,
    trustedGood: mean(trusted.map(({ iou }) => (iou >= GOOD_IOU ? 1 : 0))),
  };
}
