/** J, F and their statistics against an independent implementation of the DAVIS 2017 evaluation (numpy and SciPy). */
import { describe, expect, it } from 'vitest';
import goldens from './__fixtures__/davisScores.json';
import { expectSameScores } from './__fixtures__/davisSequence';

describe('the scores of the DAVIS 2017 evaluation', () => {
  it('are those that were stored', () => {
    expect(goldens.map(({ scores }) => scores.length)).toEqual([2, 2]);
    for (const { scores, ...sequence } of goldens) {
      expectSameScores(sequence, scores);
    }
  });

  it('do not come out of a mistaken mask', () => {
    const [golden] = goldens;
    const mistaken = { ...golden!, result: golden!.result.toReversed() };
    expect(() => expectSameScores(mistaken, golden!.scores)).toThrow();
  });
});
