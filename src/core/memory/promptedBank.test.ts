/** The choice of memories against a naive reading of the specification, and what may be forgotten on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseMemory,
  closestConditioning,
  stillReadable,
  type BankLimits,
  type Direction,
  type MemoryChoice,
} from './promptedBank';

const roomy: BankLimits = { temporalRows: 7, maxMaps: Infinity, pointerReach: 16, maxPointers: Infinity };

const frames = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
const direction = fc.constantFrom<Direction>(1, -1);
const frame = fc.integer({ min: 0, max: 40 });
const limits = fc.record({
  temporalRows: fc.integer({ min: 2, max: 8 }),
  maxMaps: fc.integer({ min: 2, max: 12 }),
  pointerReach: fc.integer({ min: 2, max: 17 }),
  maxPointers: fc.integer({ min: 1, max: 20 }),
});

/** Slot by slot, as the paper's figure has it, without any limit. */
function naiveChoice(given: number[], tracked: number[], at: number, step: Direction): MemoryChoice {
  const maps: { frameIndex: number; isConditioning: boolean; row: number }[] = [];
  const pointers: { frameIndex: number; isConditioning: boolean; distance: number }[] = [];
  for (let index = 0; index <= 60; index += 1) {
    if (given.includes(index) && index !== at) {
      maps.push({ frameIndex: index, isConditioning: true, row: 6 });
    }
  }
  for (let ago = 1; ago <= 60; ago += 1) {
    if (given.includes(at - step * ago)) {
      pointers.push({ frameIndex: at - step * ago, isConditioning: true, distance: ago });
    }
  }
  for (let ago = 6; ago >= 1; ago -= 1) {
    const index = at - step * ago;
    if (tracked.includes(index) && !given.includes(index)) {
      maps.push({ frameIndex: index, isConditioning: false, row: ago - 1 });
    }
  }
  for (let ago = 1; ago <= 15; ago += 1) {
    const index = at - step * ago;
    if (tracked.includes(index) && !given.includes(index)) {
      pointers.push({ frameIndex: index, isConditioning: false, distance: ago });
    }
  }
  return { maps, pointers };
}

describe('chooseMemory', () => {
  it('is what the specification says where there is room for all', () => {
    fc.assert(
      fc.property(frames, frames, frame, direction, (conditioning, tracked, at, step) => {
        expect(chooseMemory({ conditioning, tracked }, at, step, roomy)).toEqual(
          naiveChoice(conditioning, tracked, at, step),
        );
      }),
    );
  });

  it('keeps to its limits, never reads the frame itself, and keeps a conditioning frame whatever else there is', () => {
    fc.assert(
      fc.property(frames, frames, frame, direction, limits, (conditioning, tracked, at, step, most) => {
        const { maps, pointers } = chooseMemory({ conditioning, tracked }, at, step, most);
        expect(maps.length).toBeLessThanOrEqual(most.maxMaps);
        expect(pointers.length).toBeLessThanOrEqual(most.maxPointers);
        expect([...maps, ...pointers].some(({ frameIndex }) => frameIndex === at)).toBe(false);
        const others = conditioning.filter((index) => index !== at);
        expect(maps.some(({ isConditioning }) => isConditioning)).toBe(others.length > 0);
        expect(maps.every(({ row }) => row >= 0 && row < most.temporalRows)).toBe(true);
        expect(new Set(maps.map(({ frameIndex }) => frameIndex)).size).toBe(maps.length);
      }),
    );
  });

  it('leaves half of the places for pointers to tracked frames, however many frames were given', () => {
    const most = { ...roomy, maxPointers: 8 };
    const conditioning = Array.from({ length: 20 }, (_, index) => index);
    const tracked = Array.from({ length: 20 }, (_, index) => 20 + index);
    const { pointers } = chooseMemory({ conditioning, tracked }, 40, 1, most);
    expect(pointers.map(({ frameIndex }) => frameIndex)).toEqual([19, 18, 17, 16, 39, 38, 37, 36]);
  });

  it('reads the same, mirrored, when the clip runs backward', () => {
    fc.assert(
      fc.property(frames, frames, frame, limits, (conditioning, tracked, at, most) => {
        const mirror = (index: number): number => 40 - index;
        const ahead = chooseMemory({ conditioning, tracked }, at, 1, most);
        const back = chooseMemory(
          { conditioning: conditioning.map(mirror), tracked: tracked.map(mirror) },
          mirror(at),
          -1,
          most,
        );
        const seen = (choice: MemoryChoice, turn: (index: number) => number): unknown => ({
          maps: new Set(
            choice.maps.map((map) => JSON.stringify({ ...map, frameIndex: turn(map.frameIndex) })),
          ),
          pointers: choice.pointers.map((entry) => ({ ...entry, frameIndex: turn(entry.frameIndex) })),
        });
        expect(seen(back, mirror)).toEqual(seen(ahead, (index) => index));
      }),
    );
  });

  it('loses nothing by forgetting tracked frames that can no longer be read', () => {
    fc.assert(
      fc.property(frames, direction, limits, (conditioning, step, most) => {
        let kept: number[] = [];
        const all: number[] = [];
        const run = Array.from({ length: 40 }, (_, index) => (step === 1 ? index : 40 - index));
        for (const at of run) {
          expect(chooseMemory({ conditioning, tracked: kept }, at, step, most)).toEqual(
            chooseMemory({ conditioning, tracked: all }, at, step, most),
          );
          all.push(at);
          kept = [...kept, at].filter((index) => {
            const { map, pointer } = stillReadable(index, at, step, most);
            return map || pointer;
          });
          expect(kept.length).toBeLessThanOrEqual(Math.max(most.temporalRows, most.pointerReach) - 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('closestConditioning', () => {
  it('takes the closest on both sides first, then the nearest', () => {
    expect(closestConditioning([0, 8, 9, 10, 30], 20, 1, 2)).toEqual([10, 30]);
    expect(closestConditioning([0, 8, 9, 10, 30], 20, 1, 3)).toEqual([9, 10, 30]);
    expect(closestConditioning([0, 8, 9, 10, 30], 20, -1, 1)).toEqual([30]);
    expect(closestConditioning([18, 22, 40], 20, 1, 1)).toEqual([18]);
    // Of two that are equally near, the one that was passed.
    expect(closestConditioning([16, 19, 21, 24], 20, 1, 3)).toEqual([16, 19, 21]);
    expect(closestConditioning([16, 19, 21, 24], 20, -1, 3)).toEqual([19, 21, 24]);
  });

  it('never leaves out a frame that is nearer than one of the rest', () => {
    fc.assert(
      fc.property(frames, frame, direction, fc.integer({ min: 1, max: 9 }), (given, at, step, most) => {
        const chosen = closestConditioning(given, at, step, most);
        expect(chosen).toHaveLength(Math.min(most, given.length));
        const left = given.filter((index) => !chosen.includes(index));
        const isBetween = (index: number): boolean =>
          left.every((other) => Math.abs(other - at) >= Math.abs(index - at));
        // All but the two that stand for their sides.
        expect(chosen.filter((index) => !isBetween(index)).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
