import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSec, frameAtTime, frameCount, timestampOfFrame, type FrameTable } from './frameTable';

/** Tables of 1 to 60 frames with gaps between 1 ms and 2 s. */
const tables = fc
  .array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 60 })
  .map((gapsMs): FrameTable => {
    let atMs = 0;
    const timestampsSec = Float64Array.from(gapsMs, (gap) => {
      const start = atMs / 1000;
      atMs += gap;
      return start;
    });
    return { timestampsSec, lastDurationSec: (gapsMs.at(-1) ?? 0) / 1000 };
  });

describe('frame table', () => {
  it('finds each frame again by its own time and by any time before the next', () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.double({ min: 0, max: 0.999, noNaN: true }), (table, pick, share) => {
        const frameIndex = pick % frameCount(table);
        const start = timestampOfFrame(table, frameIndex);
        const isLast = frameIndex === frameCount(table) - 1;
        const end = isLast ? durationSec(table) : timestampOfFrame(table, frameIndex + 1);
        expect(frameAtTime(table, start)).toBe(frameIndex);
        expect(frameAtTime(table, start + share * (end - start))).toBe(frameIndex);
      }),
    );
  });

  it('agrees with a search from the end', () => {
    fc.assert(
      fc.property(tables, fc.double({ min: -1, max: 200, noNaN: true }), (table, timestampSec) => {
        const naive = table.timestampsSec.findLastIndex((start) => start <= timestampSec);
        expect(frameAtTime(table, timestampSec)).toBe(Math.max(0, naive));
      }),
    );
  });

  it('lasts as long as its frames together', () => {
    const table = { timestampsSec: Float64Array.of(0, 0.1, 0.4), lastDurationSec: 0.2 };
    expect(durationSec(table)).toBeCloseTo(0.6, 12);
    expect(durationSec({ timestampsSec: new Float64Array(), lastDurationSec: 1 })).toBe(0);
  });

  it('refuses a frame that is not there', () => {
    const table = { timestampsSec: Float64Array.of(0), lastDurationSec: 1 };
    expect(() => timestampOfFrame(table, 1)).toThrow(/no frame 1/);
    expect(() => timestampOfFrame(table, -1)).toThrow(/no frame -1/);
  });
});
