/** What is remembered: bounded whatever the run's length, spread over the whole run, the same every time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PastFrames, annotatedFramesFor } from './memoryBank';

const every = fc.integer({ min: 1, max: 9 });
const limit = fc.integer({ min: 2, max: 12 });

function keptOf(run: number, step: number, most: number): number[] {
  const past = new PastFrames<number>(step, most);
  for (let frame = 1; frame <= run; frame += 1) {
    past.add(frame);
  }
  return [...past.items];
}

describe('PastFrames', () => {
  it('never holds more than its limit, at any moment of a run', () => {
    fc.assert(
      fc.property(every, limit, fc.nat(600), (step, most, run) => {
        const past = new PastFrames<number>(step, most);
        for (let frame = 1; frame <= run; frame += 1) {
          past.add(frame);
          expect(past.items.length).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 40 },
    );
    expect(keptOf(200_000, 5, 8).length).toBeLessThanOrEqual(8);
  });

  it('keeps at least half of what it may hold once a run is long enough', () => {
    fc.assert(
      fc.property(every, limit, fc.nat(2000), (step, most, extra) => {
        expect(keptOf(step * most + extra, step, most).length).toBeGreaterThanOrEqual(Math.ceil(most / 2));
      }),
    );
  });

  it('covers the run evenly: equal steps from the start to within one step of the end', () => {
    fc.assert(
      fc.property(every, limit, fc.nat(2000), (step, most, run) => {
        const kept = keptOf(run, step, most);
        const gap = kept[0] ?? step;
        expect(kept).toEqual(kept.map((_, index) => (index + 1) * gap));
        expect(run - (kept.at(-1) ?? 0)).toBeLessThan(gap);
        expect(Math.log2(gap / step) % 1).toBe(0);
      }),
    );
  });

  it('keeps all of a short run, and what it keeps later it kept before', () => {
    fc.assert(
      fc.property(every, limit, fc.nat(400), (step, most, run) => {
        const kept = keptOf(run, step, most);
        if (run < step * (most + 1)) {
          expect(kept).toHaveLength(Math.floor(run / step));
        }
        const later = keptOf(run + 1, step, most);
        expect(later.filter((frame) => frame <= run).every((frame) => kept.includes(frame))).toBe(true);
      }),
    );
  });
});

describe('annotatedFramesFor', () => {
  const frame = fc.integer({ min: -5, max: 60 });
  const annotated = fc.array(frame, { maxLength: 20 });
  const most = fc.integer({ min: 2, max: 8 });
  const outside = (start: number, end: number) => (at: number) =>
    Math.max(Math.min(start, end) - at, at - Math.max(start, end), 0);

  it('gives each frame once, ascending, and as many as there are up to the limit', () => {
    fc.assert(
      fc.property(annotated, frame, frame, most, (frames, start, end, count) => {
        const chosen = annotatedFramesFor(frames, start, end, count);
        const distinct = [...new Set(frames)].toSorted((a, b) => a - b);
        expect(chosen).toHaveLength(Math.min(count, distinct.length));
        expect(chosen).toEqual(distinct.filter((at) => chosen.includes(at)));
      }),
    );
  });

  it('always has both ends of the stretch where they are annotated', () => {
    fc.assert(
      fc.property(annotated, frame, frame, most, (frames, start, end, count) => {
        expect(annotatedFramesFor([...frames, start, end], start, end, count)).toEqual(
          expect.arrayContaining([start, end]),
        );
      }),
    );
  });

  it('leaves out none that is nearer than one it takes, the ends aside', () => {
    fc.assert(
      fc.property(annotated, frame, frame, most, (frames, start, end, count) => {
        const chosen = new Set(annotatedFramesFor(frames, start, end, count));
        const distance = outside(start, end);
        const farthest = Math.max(...[...chosen].filter((at) => at !== start && at !== end).map(distance));
        for (const at of frames.filter((left) => !chosen.has(left))) {
          expect(distance(at)).toBeGreaterThanOrEqual(farthest);
        }
      }),
    );
  });

  it('does not care for order, repetition or the direction of the stretch', () => {
    fc.assert(
      fc.property(annotated, frame, frame, most, (frames, start, end, count) => {
        const chosen = annotatedFramesFor(frames, start, end, count);
        expect(annotatedFramesFor([...frames, ...frames.toReversed()], start, end, count)).toEqual(chosen);
        expect(annotatedFramesFor(frames.toReversed(), end, start, count)).toEqual(chosen);
      }),
    );
  });
});
