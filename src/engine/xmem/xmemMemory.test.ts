/** What the memory keeps, and that it stays within its bounds however long the run. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId, type ObjectId } from '../../core/base/ids';
import { nearestColumns } from './memoryRead';
import { XMemMemory, type FrameMemory } from './xmemMemory';

const keyDim = 4;
const cells = 6;
const config = {
  valueDim: 2,
  topK: 5,
  maxWorkingFrames: 5,
  minWorkingFrames: 3,
  prototypes: 4,
  maxLongTermElements: 14,
};
const left = objectId(1);
const right = objectId(2);

/** All keys of a frame are `place`; each label's value is the number given for it. */
function frameAt(
  place: number,
  values: ReadonlyMap<ObjectId, number>,
  valid: Uint8Array | null = null,
): FrameMemory {
  return {
    keys: new Float32Array(cells * keyDim).fill(place),
    shrinkage: new Float32Array(cells).fill(1),
    selection: new Float32Array(cells * keyDim).fill(1),
    values: new Map(
      [...values].map(([id, value]) => [
        id,
        { rows: new Float32Array(cells * config.valueDim).fill(value), valid },
      ]),
    ),
  };
}

async function readAt(memory: XMemMemory, place: number, ids: readonly ObjectId[]): Promise<number[]> {
  const { keys, selection } = frameAt(place, new Map());
  const { readout, count } = await memory.read({ cells, keys, selection }, ids, async (...request) =>
    nearestColumns(...request),
  );
  count();
  return ids.map((_, index) => readout[index * config.valueDim * cells]!);
}

describe('XMemMemory', () => {
  it('never holds more than it may, and never forgets a permanent frame', async () => {
    const anyRun = fc.record({
      permanent: fc.integer({ min: 0, max: 3 }),
      places: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 200, maxLength: 200 }),
    });
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ permanent, places }) => {
        const memory = new XMemMemory(config);
        for (let frame = 0; frame < permanent; frame += 1) {
          memory.addPermanent(frameAt(-100 * (frame + 1), new Map([[left, 1000 + frame]])));
        }
        for (const place of places) {
          memory.addWorking(frameAt(place, new Map([[left, place]])));
          const { work, long } = memory.sizes;
          expect(work).toBeLessThanOrEqual((permanent + config.maxWorkingFrames - 2) * cells);
          expect(long).toBeLessThanOrEqual(config.maxLongTermElements);
          await readAt(memory, place, [left]);
        }
        expect(memory.sizes.long).toBeGreaterThan(config.prototypes);
        for (let frame = 0; frame < permanent; frame += 1) {
          expect((await readAt(memory, -100 * (frame + 1), [left]))[0]).toBeCloseTo(1000 + frame, 3);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('keeps what was used in the long-term memory, and reads it there', async () => {
    const memory = new XMemMemory(config);
    memory.addPermanent(frameAt(0, new Map([[left, 0]])));
    for (let place = 1; place <= 4; place += 1) {
      memory.addWorking(frameAt(place * 10, new Map([[left, place]])));
      await readAt(memory, 10, [left]);
    }
    expect(memory.sizes).toEqual({ work: 3 * cells, long: config.prototypes });
    expect((await readAt(memory, 10, [left]))[0]).toBeCloseTo(1, 3);
  });

  it('reads for a label only where it was there: what was remembered before it joined says nothing of it', async () => {
    const memory = new XMemMemory(config);
    memory.addPermanent(frameAt(0, new Map([[left, 5]])));
    memory.addWorking(
      frameAt(
        10,
        new Map([
          [left, 6],
          [right, 7],
        ]),
      ),
    );
    expect(await readAt(memory, 0, [left, right])).toEqual([5, 7]);
    expect(await readAt(memory, 10, [right, left])).toEqual([7, 6]);
  });

  it('learns nothing from columns that are not valid, and reads zeros of a label that it does not know', async () => {
    const memory = new XMemMemory(config);
    memory.addPermanent(frameAt(0, new Map([[left, 5]]), new Uint8Array(cells)));
    memory.addWorking(frameAt(10, new Map([[left, 6]])));
    expect(await readAt(memory, 0, [left, right])).toEqual([6, 0]);
  });
});
