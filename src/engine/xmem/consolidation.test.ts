/** Prototypes, against averaging all columns plainly. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  anyBlock,
  firstId,
  keyDim,
  plainColumns,
  plainMean,
  plainSimilarity,
  plainSoftmax,
  rowOf,
  secondId,
  valueDim,
} from './__fixtures__/randomMemory';
import { consolidate } from './consolidation';
import { FIRST_LIFE } from './memoryBlock';

it('makes prototypes of the most used columns, each of what is similar to it', () => {
  fc.assert(
    fc.property(fc.array(anyBlock, { maxLength: 4 }), fc.integer({ min: 1, max: 6 }), (blocks, count) => {
      const made = consolidate(blocks, count);
      const candidates = plainColumns(blocks).filter(({ values }) => values.size > 0);
      const chosen = candidates.toSorted((a, b) => b.usage - a.usage).slice(0, count);
      expect(made?.columns ?? 0).toBe(chosen.length);
      chosen.forEach((prototype, column) => {
        expect(rowOf(made!.keys, column, keyDim)).toEqual(prototype.key);
        const shares = plainSoftmax(
          candidates.map((candidate) => plainSimilarity(candidate, prototype.key, prototype.selection)),
        );
        const shrinkage = candidates.reduce((sum, entry, index) => sum + entry.shrinkage * shares[index]!, 0);
        expect(made!.shrinkage[column]).toBeCloseTo(shrinkage, 4);
        for (const id of [firstId, secondId]) {
          const own = made!.values.get(id);
          const isValid = own !== undefined && (own.valid === null || own.valid[column] === 1);
          expect(isValid).toBe(prototype.values.has(id));
          if (own && isValid) {
            const owned = candidates.flatMap(({ values }, index) =>
              values.has(id) ? [{ row: values.get(id)!, share: shares[index]! }] : [],
            );
            const mean = plainMean(
              owned.map(({ row }) => row),
              owned.map(({ share }) => share),
            );
            mean.forEach((value, channel) =>
              expect(own.rows[column * valueDim + channel]).toBeCloseTo(value, 3),
            );
          }
        }
        expect(made!.use[column]).toBe(0);
        expect(made!.life[column]).toBe(FIRST_LIFE);
      });
    }),
  );
});
