/** Columns of the score lane: one for each frame where there is room, the worst frame of a pixel where there is none. */
import { describe, expect, it } from 'vitest';
import type { FrameScores } from '../../core/compare/comparisonFrames';
import { fitScale } from '../timeline/timelineScale';
import { scoreColumns } from './scoreColumns';

function scored(frameIndex: number, j: number): FrameScores {
  return { frameIndex, pairs: [{ j, f: 1, aOnlyPx: 0, bOnlyPx: 0, bothPx: 0 }] };
}

describe('scoreColumns', () => {
  it('gives each frame its cell, and leaves frames without a score out', () => {
    const scale = fitScale(4, 40);
    expect(scoreColumns([scored(1, 0.5), scored(3, 0.25)], 0, 'j', scale)).toEqual([
      { fromPx: 10, toPx: 20, value: 0.5 },
      { fromPx: 30, toPx: 40, value: 0.25 },
    ]);
    expect(scoreColumns([scored(1, 0.5)], 0, 'jAndF', scale)[0]?.value).toBe(0.75);
    expect(scoreColumns([scored(1, 0.5)], 1, 'j', scale)).toEqual([]);
  });

  it('shows the worst of the frames that share a pixel', () => {
    const scores = [scored(0, 0.9), scored(1, 0.2), scored(2, 0.8), scored(3, 0.7)];
    expect(scoreColumns(scores, 0, 'j', fitScale(4, 2)).map(({ value }) => value)).toEqual([0.2, 0.7]);
  });

  it('paints nothing outside the view', () => {
    const scale = { ...fitScale(100, 40), firstFrame: 50, pxPerFrame: 10 };
    expect(scoreColumns([scored(1, 0.5), scored(51, 0.5), scored(80, 0.5)], 0, 'j', scale)).toHaveLength(1);
  });
});
