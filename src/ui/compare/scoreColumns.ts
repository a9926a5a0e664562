/** The lane of one pair of labels as columns of pixels: where frames share a column, the worst one counts. */
import type { FrameScores } from '../../core/compare/comparisonFrames';
import { measureOf, type CompareMeasure } from '../../core/compare/comparisonTable';
import { frameToPx, type TimelineScale } from '../timeline/timelineScale';

export type ScoreColumn = { readonly fromPx: number; readonly toPx: number; readonly value: number };

/** `scores` ascending by frame; only what lies in view, from left to right. */
export function scoreColumns(
  scores: readonly FrameScores[],
  place: number,
  measure: CompareMeasure,
  scale: TimelineScale,
): ScoreColumn[] {
  const columns: ScoreColumn[] = [];
  for (const { frameIndex, pairs } of scores) {
    const score = pairs[place];
    const fromPx = Math.floor(frameToPx(scale, frameIndex));
    const toPx = Math.max(Math.floor(frameToPx(scale, frameIndex + 1)), fromPx + 1);
    if (!score || toPx < 0 || fromPx > scale.widthPx) {
      continue;
    }
    const value = measureOf(score, measure);
    const last = columns.at(-1);
    if (last?.fromPx === fromPx) {
      columns[columns.length - 1] = { fromPx, toPx, value: Math.min(last.value, value) };
    } else {
      columns.push({ fromPx, toPx, value });
    }
  }
  return columns;
}
