/** The scores of the frames between the in and out points, in order. */
import type { FrameScores } from '../../core/compare/comparisonFrames';
import type { MaskflowState } from '../../state/maskflowState';

let last: {
  readonly scores: MaskflowState['comparisonScores'];
  readonly range: MaskflowState['range'];
  readonly found: readonly FrameScores[];
} | null = null;

/** The same list again for the same state. */
export function rangeScores({ comparisonScores, range }: MaskflowState): readonly FrameScores[] {
  if (last?.scores !== comparisonScores || last.range !== range) {
    const found = [...comparisonScores.values()]
      .filter(({ frameIndex }) => frameIndex >= range.inFrame && frameIndex <= range.outFrame)
      .toSorted((a, b) => a.frameIndex - b.frameIndex);
    last = { scores: comparisonScores, range, found };
  }
  return last.found;
}
