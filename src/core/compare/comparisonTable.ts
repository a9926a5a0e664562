/** What the scores of all frames come to: a row for each pair of labels, and the worst frames. */
import { jAndF, mean } from '../metrics/sequenceScores';
import { sequenceStatistics, withoutEnds, type SequenceStatistics } from '../metrics/sequenceStatistics';
import type { FrameScores } from './comparisonFrames';
import type { PairCounts, PairScore } from './pairScore';

export const compareMeasures = ['jAndF', 'j', 'f'] as const;

export type CompareMeasure = (typeof compareMeasures)[number];

export function measureOf(score: PairScore, measure: CompareMeasure): number {
  return measure === 'jAndF' ? jAndF(score) : score[measure];
}

export type PairRow = {
  /** Frames that count in the means. */
  readonly frames: number;
  readonly j: SequenceStatistics;
  readonly f: SequenceStatistics;
  /** Mean of the means of J and F, as DAVIS ranks by. */
  readonly jAndF: number;
  /** Summed over all compared frames, the first and last among them. */
  readonly counts: PairCounts;
};

/**
 * `scores` ascending by frame. `areEndsLeftOut`: the first and the last compared frame count in no mean, as in the DAVIS
 * evaluation. Null for a pair without frames.
 */
export function pairRow(
  scores: readonly FrameScores[],
  place: number,
  areEndsLeftOut: boolean,
): PairRow | null {
  const all = scores.flatMap(({ pairs }) => pairs[place] ?? []);
  const counted = areEndsLeftOut ? withoutEnds(all) : all;
  const j = sequenceStatistics(counted.map((score) => score.j));
  const f = sequenceStatistics(counted.map((score) => score.f));
  return j && f && { frames: counted.length, j, f, jAndF: (j.mean + f.mean) / 2, counts: summedCounts(all) };
}

export function summedCounts(counts: readonly PairCounts[]): PairCounts {
  return counts.reduce<PairCounts>(
    (sum, { aOnlyPx, bOnlyPx, bothPx }) => ({
      aOnlyPx: sum.aOnlyPx + aOnlyPx,
      bOnlyPx: sum.bOnlyPx + bOnlyPx,
      bothPx: sum.bothPx + bothPx,
    }),
    { aOnlyPx: 0, bOnlyPx: 0, bothPx: 0 },
  );
}

export type MeanRow = {
  readonly j: number;
  readonly f: number;
  readonly jAndF: number;
  /** Of J. */
  readonly decay: number;
};

/** The mean of the rows: all labels count the same, as in the DAVIS evaluation. Null without rows. */
export function meanRow(rows: readonly PairRow[]): MeanRow | null {
  const j = mean(rows.map((row) => row.j.mean));
  const f = mean(rows.map((row) => row.f.mean));
  const decay = mean(rows.map((row) => row.j.decay));
  return j === null || f === null || decay === null ? null : { j, f, jAndF: (j + f) / 2, decay };
}

export type RankedFrame = { readonly frameIndex: number; readonly place: number; readonly value: number };

/** One entry for each frame and pair, lowest value first; of equal ones the earlier frame. `place`: that pair alone. */
export function worstFrames(
  scores: readonly FrameScores[],
  measure: CompareMeasure,
  place: number | null = null,
): RankedFrame[] {
  return scores
    .flatMap(({ frameIndex, pairs }) =>
      pairs.map((score, at) => ({ frameIndex, place: at, value: measureOf(score, measure) })),
    )
    .filter((entry) => place === null || entry.place === place)
    .toSorted((x, y) => x.value - y.value || x.frameIndex - y.frameIndex || x.place - y.place);
}
