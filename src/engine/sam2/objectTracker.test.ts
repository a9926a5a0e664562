/** What the tracker looks up on every frame of a run against the specification, and what it forgets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BinaryMask } from '../../core/mask/binaryMask';
import { chooseMemory, type Direction } from '../../core/memory/promptedBank';
import type { RunOptions } from '../sam/imageEncoder';
import { ObjectTracker } from './objectTracker';
import { bankLimitsOf } from './sam2Config';
import { BAND_PX, ScriptedWorld, SIDE_PX, scriptedConfig } from './__fixtures__/scriptedNetwork';

const options: RunOptions = { priority: 'background' };
const limits = bankLimitsOf(scriptedConfig);

function bandMask(band: number): BinaryMask {
  const data = new Uint8Array(SIDE_PX * SIDE_PX);
  data.fill(1, band * BAND_PX * SIDE_PX, (band + 1) * BAND_PX * SIDE_PX);
  return { width: SIDE_PX, height: SIDE_PX, data };
}

async function follow(tracker: ObjectTracker, frames: readonly number[], step: Direction): Promise<void> {
  for (const frame of frames) {
    if (!tracker.givenFrames.includes(frame)) {
      const drawn = await tracker.track(frame, step, options);
      await tracker.remember(frame, drawn, step, options);
    }
  }
}

function range(from: number, to: number): number[] {
  const step = to < from ? -1 : 1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + index * step);
}

describe('ObjectTracker', () => {
  it('reads on every frame what the specification says, both ways, with frames given before and ahead', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 39 }), { minLength: 1, maxLength: 14 }),
        fc.constantFrom<Direction>(1, -1),
        async (given, step) => {
          const world = new ScriptedWorld();
          const tracker = new ObjectTracker(world.frames());
          given.forEach((frame) => tracker.giveMask(frame, () => bandMask(1)));
          const run = step === 1 ? range(0, 39) : range(39, 0);
          await follow(tracker, run, step);
          for (const read of world.reads) {
            const tracked = run.slice(0, run.indexOf(read.frame)).filter((frame) => !given.includes(frame));
            const choice = chooseMemory({ conditioning: given, tracked }, read.frame, step, limits);
            expect(
              read.maps.map(({ trace, row }) => ({
                frameIndex: trace.frame,
                isConditioning: trace.isGiven,
                row,
              })),
            ).toEqual(choice.maps);
            expect(read.pointers).toEqual(
              choice.pointers.map(({ frameIndex, distance }) => ({ frame: frameIndex, distance })),
            );
          }
          expect(world.reads).toHaveLength(40 - given.length);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('holds no more, however long the clip is and however much was given', async () => {
    const world = new ScriptedWorld();
    const frames = world.frames();
    const tracker = new ObjectTracker(frames);
    range(0, 400)
      .filter((frame) => frame % 4 === 0)
      .forEach((frame) => tracker.giveMask(frame, () => bandMask(0)));
    let most = 0;
    for (const frame of range(1, 399)) {
      await follow(tracker, [frame], 1);
      most = Math.max(most, tracker.memoryBytes);
    }
    const pointerBytes = scriptedConfig.hiddenSize * 4;
    const mapBytes = scriptedConfig.memorySize * 4;
    const maps = 2 * limits.maxMaps + limits.temporalRows - 1;
    // A pointer may stay for each frame that was given.
    expect(most).toBeLessThanOrEqual(maps * mapBytes + (101 + limits.pointerReach) * pointerBytes);
    expect(frames.cachedFrames).toBeLessThanOrEqual(3);
    expect(world.live).toBe(frames.cachedFrames);
    frames.forget();
    expect(world.live).toBe(0);
  });

  it('puts each given mask into memory once while it stays among the near ones', async () => {
    const world = new ScriptedWorld();
    const tracker = new ObjectTracker(world.frames());
    [0, 10, 20].forEach((frame) => tracker.giveMask(frame, () => bandMask(2)));
    await follow(tracker, range(1, 30), 1);
    expect(world.given.toSorted((a, b) => a - b)).toEqual([0, 10, 20]);
  });

  it('forgets what was tracked from a corrected frame on, and reads the correction as given', async () => {
    const world = new ScriptedWorld();
    const tracker = new ObjectTracker(world.frames(), { correctable: 3 });
    tracker.giveMask(0, () => bandMask(0));
    await follow(tracker, range(1, 8), 1);
    tracker.giveMask(5, () => bandMask(3));
    await follow(tracker, range(6, 6), 1);
    const { maps, pointers } = world.reads.at(-1)!;
    expect(maps.map(({ trace, row }) => [trace.frame, trace.band, row])).toEqual([
      [0, 0, 6],
      [5, 3, 6],
      [1, 0, 4],
      [2, 0, 3],
      [3, 0, 2],
      [4, 0, 1],
    ]);
    expect(pointers.map(({ frame }) => frame)).toEqual([5, 0, 4, 3, 2, 1]);
  });

  it('goes on from given frames alone where a correction lies farther back than anything is kept for', async () => {
    const world = new ScriptedWorld();
    const tracker = new ObjectTracker(world.frames());
    tracker.giveMask(0, () => bandMask(0));
    await follow(tracker, range(1, 30), 1);
    tracker.giveMask(10, () => bandMask(1));
    await follow(tracker, range(11, 12), 1);
    expect(world.reads.at(-1)!.maps.map(({ trace }) => trace.frame)).toEqual([0, 10, 11]);
  });

  it('starts over without what another pass tracked', async () => {
    const world = new ScriptedWorld();
    const tracker = new ObjectTracker(world.frames());
    tracker.giveMask(6, () => bandMask(0));
    await follow(tracker, range(7, 12), 1);
    tracker.startOver();
    await follow(tracker, range(5, 4), -1);
    expect(world.reads.at(-1)!.maps.map(({ trace }) => trace.frame)).toEqual([6, 5]);
  });

  it('remembers a hidden object as hidden, and an empty given mask as no object', async () => {
    const world = new ScriptedWorld({ reach: (frame) => (frame === 3 ? 0 : 1) });
    const tracker = new ObjectTracker(world.frames());
    tracker.giveMask(0, () => bandMask(0));
    tracker.giveMask(4, () => ({ width: SIDE_PX, height: SIDE_PX, data: new Uint8Array(SIDE_PX ** 2) }));
    await follow(tracker, range(1, 6), 1);
    const { maps, pointers } = world.reads.at(-1)!;
    const scoreOf = (frame: number): number => maps.find(({ trace }) => trace.frame === frame)!.trace.score;
    expect([0, 2, 3, 4, 5].map(scoreOf)).toEqual([10, 3, -3, -10, 3]);
    // The pointer that says that there is nothing.
    expect(pointers.find(({ distance }) => distance === 2)!.frame).toBe(-1);
  });

  it('draws a first prompt without memory, a correction with it and with what was drawn, and gives both for ever', async () => {
    const world = new ScriptedWorld({ reach: (frame) => (frame === 3 ? 0 : 1) });
    const tracker = new ObjectTracker(world.frames());
    const prompt = { points: [{ x: 1, y: 1, label: 1 as const }], box: null };
    await tracker.givePoints(0, prompt, { corrected: null, direction: 1 }, options);
    expect(world.reads).toHaveLength(0);
    expect(world.asked.at(-1)).toMatchObject({ memory: 'none', maskInput: null });
    await follow(tracker, range(1, 2), 1);
    const hidden = await tracker.track(3, 1, options);
    await tracker.remember(3, hidden, 1, options);
    await tracker.givePoints(3, prompt, { corrected: hidden.logits, direction: 1 }, options);
    const correction = world.reads.at(-1)!;
    expect(correction.frame).toBe(3);
    expect(correction.maps.map(({ trace }) => trace.frame)).toEqual([0, 1, 2]);
    expect(world.asked.at(-1)!.points.labels).toEqual(Float32Array.of(1));
    expect(new Set(hidden.logits)).toEqual(new Set([-1024]));
    expect(new Set(world.asked.at(-1)!.maskInput)).toEqual(new Set([-32]));
    await follow(tracker, range(4, 30), 1);
    expect(world.asked.at(-1)!.maskInput).toBeNull();
    expect(
      world.reads
        .at(-1)!
        .maps.slice(0, 2)
        .map(({ trace }) => [trace.frame, trace.isGiven]),
    ).toEqual([
      [0, true],
      [3, true],
    ]);
  });
});
