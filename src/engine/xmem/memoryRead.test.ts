/** The read of the memory, against sorting and mixing all columns plainly. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  anyBlock,
  anyKeys,
  anySelection,
  firstId,
  keyDim,
  plainColumns,
  plainMean,
  plainSimilarity,
  plainSoftmax,
  rowOf,
  valueDim,
} from './__fixtures__/randomMemory';
import { countUse, nearestColumns, readValues } from './memoryRead';

const CELLS = 3;

it('mixes the values of the nearest valid columns by the softmax of their similarity', () => {
  const anyCase = fc.record({
    blocks: fc.array(anyBlock, { maxLength: 4 }),
    keys: anyKeys(CELLS),
    selection: anySelection(CELLS),
    topK: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(anyCase, ({ blocks, keys, selection, topK }) => {
      const affinity = nearestColumns(
        blocks,
        { cells: CELLS, keys, selection },
        topK,
        ({ values }) => values.get(firstId)?.valid,
      );
      const out = new Float32Array(valueDim * CELLS);
      readValues(blocks, affinity, firstId, valueDim, out);
      const valid = plainColumns(blocks).filter(({ values }) => values.has(firstId));
      for (let cell = 0; cell < CELLS; cell += 1) {
        const scores = valid.map((column) =>
          plainSimilarity(column, rowOf(keys, cell, keyDim), rowOf(selection, cell, keyDim)),
        );
        const taken = scores.toSorted((a, b) => b - a).slice(0, topK);
        expect(affinity.counts[cell]).toBe(taken.length);
        const weights = Array.from(affinity.weights.subarray(cell * topK, cell * topK + taken.length));
        const expected = plainSoftmax(taken);
        weights
          .toSorted((a, b) => b - a)
          .forEach((weight, index) => expect(weight).toBeCloseTo(expected[index]!, 5));
        const isUnique = scores.filter((score) => score === taken.at(-1)).length <= 1;
        if (isUnique || taken.length === scores.length) {
          const chosen = valid.filter((_, index) => taken.length > 0 && scores[index]! >= taken.at(-1)!);
          const chosenScores = scores.filter((score) => taken.length > 0 && score >= taken.at(-1)!);
          const mean = plainMean(
            chosen.map(({ values }) => values.get(firstId)!),
            plainSoftmax(chosenScores),
          );
          mean.forEach((value, channel) => expect(out[channel * CELLS + cell]).toBeCloseTo(value || 0, 4));
        }
      }
    }),
  );
});

it('counts as used what was read: each cell once', () => {
  fc.assert(
    fc.property(
      fc.array(anyBlock, { minLength: 1, maxLength: 3 }),
      anyKeys(CELLS),
      anySelection(CELLS),
      (blocks, keys, selection) => {
        const before = blocks.map(({ use }) => use.slice());
        const affinity = nearestColumns(blocks, { cells: CELLS, keys, selection }, 5, () => null);
        countUse(blocks, affinity, 0.5);
        let grown = 0;
        blocks.forEach(({ use }, index) =>
          use.forEach((value, column) => {
            expect(value).toBeGreaterThanOrEqual(before[index]![column]!);
            grown += value - before[index]![column]!;
          }),
        );
        expect(grown).toBeCloseTo(0.5 * CELLS, 5);
      },
    ),
  );
});
