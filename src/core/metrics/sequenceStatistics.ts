/** Mean, recall and decay of a sequence's values, worked out as the DAVIS 2017 evaluation does. */
import { mean } from './sequenceScores';

export type SequenceStatistics = {
  readonly mean: number;
  /** Share of the values above 0.5. */
  readonly recall: number;
  /** Mean of the first of four parts less that of the last: how much worse the end is than the beginning. */
  readonly decay: number;
};

const RECALL_ABOVE = 0.5;

const PARTS = 4;

/**
 * Null of no values. Follows `db_statistics` of davis2017-evaluation: the four parts share the values at their borders,
 * which lie at equal distances, rounded. (Its 8-bit borders, which go wrong beyond 256 frames, are not followed.)
 */
export function sequenceStatistics(values: readonly number[]): SequenceStatistics | null {
  const average = mean(values);
  if (average === null) {
    return null;
  }
  const borders = Array.from(
    { length: PARTS + 1 },
    // The small addend makes halves go up, as it does there.
    (_, index) => Math.round(1 + (index * (values.length - 1)) / PARTS + 1e-10) - 1,
  );
  const partMean = (part: number): number =>
    mean(values.slice(borders[part], borders[part + 1]! + 1)) ?? average;
  return {
    mean: average,
    recall: values.filter((value) => value > RECALL_ABOVE).length / values.length,
    decay: partMean(0) - partMean(PARTS - 1),
  };
}

/**
 * The values without the first and the last, as the DAVIS evaluation leaves them out (the first frame is given to the
 * method, the last may be cut off); all of them where there are fewer than three.
 */
export function withoutEnds<T>(values: readonly T[]): readonly T[] {
  return values.length < 3 ? values : values.slice(1, -1);
}
