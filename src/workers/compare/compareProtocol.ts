/** What may be asked of the compare worker, which scores masks against each other. */
import type { FrameScores, FrameToScore } from '../../core/compare/comparisonFrames';

export type { FrameScores, FrameToScore };

export interface CompareService {
  /** J, F and pixel counts of each frame's pairs, in the order given. Keep batches small: one call cannot be cancelled. */
  score(frames: readonly FrameToScore[]): Promise<FrameScores[]>;
}
