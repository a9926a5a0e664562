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
  /** Mean probability of the mask's pixels: 1 when none is in doubt. */
  readonly certainty: number;
  /** IoU of the leading cue's test drawing on the annotated frames. */
  readonly testScore: number;
  /** Share of SAM, or of the rough answer in its place, in the drawing. */
  readonly samShare: number;
  /** Frames from the annotated frame that the pass began at; at least 1. */
  readonly distance: number;
};

/**
 * The expected IoU by logistic regression, each sequence weighing the same. Fitted on the engine's own evidence on the
 * first 62 frames of soapbox, goat, dance-twirl, horsejump-high and dog, bmx-trees whole (all DAVIS 2016), and a
 * simulated dye film in monochrome. Leaving out one sequence at a time, the rank correlation with the true IoU within a
 * sequence was 0.65 on average. What SAM has to say counts by its share of the drawing.
 */
const WEIGHTS = {
  constant: -4.66,
  memoryAgreement: 0.72,
  samAgreement: 1.15,
  samUnity: 0.8,
  predictedIou: 0.33,
  colourAgreement: 1.6,
  motionAgreement: 0.83,
  areaRatio: 0.42,
  certainty: 0.34,
  testScore: 1.42,
  distance: -0.58,
};

export function confidenceOf(evidence: Evidence): number {
  const { memoryAgreement, samShare } = evidence;
  const bySam = (value: number | null): number => 1 - samShare * (1 - (value ?? 0));
  const score =
    WEIGHTS.constant +
    WEIGHTS.memoryAgreement * memoryAgreement +
    WEIGHTS.samAgreement * bySam(evidence.samAgreement) +
    WEIGHTS.samUnity * bySam(evidence.samUnity) +
    WEIGHTS.predictedIou * bySam(evidence.predictedIou) +
    WEIGHTS.colourAgreement * (evidence.colourAgreement ?? memoryAgreement) +
    WEIGHTS.motionAgreement * (evidence.motionAgreement ?? memoryAgreement) +
    WEIGHTS.areaRatio * evidence.areaRatio +
    WEIGHTS.certainty * evidence.certainty +
    WEIGHTS.testScore * evidence.testScore +
    (WEIGHTS.distance * Math.log1p(evidence.distance)) / 5;
  return 1 / (1 + Math.exp(-score));
}
