/** How likely a drawn mask is good, from what the engine saw while drawing it. */

/** What speaks for and against one label's mask on one frame. All overlaps are 0..1. */
export type Evidence = {
  /** Overlap of the final mask with the memory's own answer. */
  readonly memoryAgreement: number;
  /** Overlap of SAM's best drawing with the rough answer; null without one. */
  readonly samAgreement: number | null;
  /** Overlap of SAM's drawings among each other; null without any. */
  readonly samUnity: number | null;
  readonly predictedIou: number | null;
  /** Overlap of colour's drawing with the final mask; null where colour is off. */
  readonly colourAgreement: number | null;
  /** Overlap of the final mask with the last frame's, carried along the motion; null where motion is off. */
  readonly motionAgreement: number | null;
  /** Smaller of the areas on this frame and the last over the larger. */
  readonly areaRatio: number;
  /** How sharp the soft mask is: 1 when no pixel is in doubt. */
  readonly certainty: number;
  /** IoU of the leading cue's test drawing on the annotated frames. */
  readonly testScore: number;
  /** Shares of the cues. */
  readonly samWeight: number;
  readonly colourWeight: number;
};

export function confidenceOf(evidence: Evidence): number {
  return Math.max(0, Math.min(1, evidence.memoryAgreement));
}
