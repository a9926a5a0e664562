/** Choosing by usage, against sorting plainly. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { highestOf, survivorsOf } from './usageSelection';

/** Few different values, so that there are ties. */
const anyUsage = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 30 });
const anyCount = fc.nat(35);

describe('highestOf', () => {
  it('takes the highest values, highest first, and the earlier one on a tie', () => {
    fc.assert(
      fc.property(anyUsage, anyCount, (usage, count) => {
        const plain = usage
          .map((value, index) => ({ value, index }))
          .toSorted((a, b) => b.value - a.value || a.index - b.index)
          .slice(0, count)
          .map(({ index }) => index);
        expect(Array.from(highestOf(usage, count))).toEqual(plain);
      }),
    );
  });
});

describe('survivorsOf', () => {
  it('keeps at most so many, in order, each better than all that went', () => {
    fc.assert(
      fc.property(anyUsage, anyCount, (usage, keep) => {
        const kept = Array.from(survivorsOf(usage, keep));
        expect(kept).toEqual(kept.toSorted((a, b) => a - b));
        expect(kept.length).toBeLessThanOrEqual(keep);
        if (usage.length <= keep) {
          expect(kept).toHaveLength(usage.length);
          return;
        }
        const gone = usage.filter((_, index) => !kept.includes(index));
        const bestGone = Math.max(...gone);
        expect(kept.every((index) => usage[index]! > bestGone)).toBe(true);
        // Nothing went that did not have to: the lowest ones, and what is no better than the best of these.
        expect(usage.filter((value) => value < bestGone).length).toBeLessThan(usage.length - keep);
      }),
    );
  });
});
