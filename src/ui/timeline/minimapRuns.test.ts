/** The minimap never hides an annotated or a doubtful frame, however many frames share a column. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Lane } from './laneRuns';
import { HAS_MASK, IS_ANNOTATED, IS_DOUBTFUL, minimapColumns } from './minimapRuns';

it('keeps every doubt and every annotation of a long clip', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 1, max: 900 }),
      fc.nat(),
      fc.nat(),
      (count, columns, doubtAt, promptAt) => {
        const doubt = doubtAt % count;
        const prompted = promptAt % count;
        const lane: Lane = {
          runs: [{ kind: 'mask', fromFrame: doubt, toFrame: doubt, level: 2 }],
          prompted: [prompted],
          edited: [],
        };
        const found = minimapColumns([lane, { runs: [], prompted: [], edited: [] }], count, columns);
        const at = (frame: number): number =>
          found[Math.min(Math.floor((frame / count) * columns), columns - 1)] ?? 0;
        expect(at(doubt) & (HAS_MASK | IS_DOUBTFUL)).toBe(HAS_MASK | IS_DOUBTFUL);
        expect(at(prompted) & IS_ANNOTATED).toBe(IS_ANNOTATED);
        const others = found.filter((bits) => bits !== 0);
        expect(others.length).toBeLessThanOrEqual(2);
      },
    ),
  );
});
