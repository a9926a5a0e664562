/** What requests become: who is drawn where, who wins pixels, what is remembered, and how runs end. */
import { describe, expect, it } from 'vitest';
import { isCancelled } from '../../core/base/errors';
import type { ObjectId } from '../../core/base/ids';
import { decodeRle, encodeRle, type Rle } from '../../core/mask/rle';
import type { PropagatedFrame, PropagationRequest } from '../../core/segment/segmentation';
import type { GraphSessions } from '../models/shelfSessions';
import { Sam2Propagator, type Sam2Options } from './sam2Propagator';
import { BAND_PX, ScriptedWorld, SIDE_PX } from './__fixtures__/scriptedNetwork';

const [A, B, C] = [1, 2, 3] as ObjectId[] as [ObjectId, ObjectId, ObjectId];

/** Label k lives in band k. */
function bandOf(objectId: ObjectId, columns = SIDE_PX): Rle {
  const data = new Uint8Array(SIDE_PX * SIDE_PX);
  for (let y = objectId * BAND_PX; y < (objectId + 1) * BAND_PX; y += 1) {
    data.fill(1, y * SIDE_PX, y * SIDE_PX + columns);
  }
  return encodeRle({ width: SIDE_PX, height: SIDE_PX, data });
}

const nothing = encodeRle({ width: SIDE_PX, height: SIDE_PX, data: new Uint8Array(SIDE_PX * SIDE_PX) });

function requestOf(parts: Partial<PropagationRequest>): PropagationRequest {
  return {
    engine: 'edgetam',
    startFrame: 0,
    endFrame: 5,
    labels: [A, B].map((objectId) => ({ objectId, role: 'object' as const })),
    startMasks: [{ objectId: A, rle: bandOf(A) }],
    conditioning: [],
    annotated: [],
    ...parts,
  };
}

async function run(
  world: ScriptedWorld,
  request: PropagationRequest,
  { options, graphs }: { options?: Sam2Options; graphs?: () => GraphSessions } = {},
): Promise<PropagatedFrame[]> {
  const frames = world.frames(graphs);
  const yielded: PropagatedFrame[] = [];
  const propagator = new Sam2Propagator(frames, options);
  for await (const frame of propagator.propagate(request, new AbortController().signal)) {
    yielded.push(frame);
  }
  expect(world.live).toBe(frames.cachedFrames);
  frames.forget();
  expect(world.live).toBe(0);
  return yielded;
}

function drawnOn(frames: readonly PropagatedFrame[]): [number, ObjectId[]][] {
  return frames.map(({ frameIndex, masks }) => [frameIndex, masks.map(({ objectId }) => objectId)]);
}

describe('Sam2Propagator', () => {
  it('draws what is known on the start frame on all frames after it, forward and backward', async () => {
    const forward = await run(new ScriptedWorld(), requestOf({}));
    expect(drawnOn(forward)).toEqual([1, 2, 3, 4, 5].map((frame) => [frame, [A]]));
    const [{ mask }] = forward[0]!.masks as [PropagatedFrame['masks'][number]];
    expect(mask.rle).toEqual(bandOf(A));
    expect(mask.predictedIou).toBe(0.5);
    expect(mask.confidence).toBeCloseTo(0.5 / (1 + Math.exp(-3)), 6);
    expect(mask.soft).toBeDefined();
    const backward = await run(new ScriptedWorld(), requestOf({ startFrame: 9, endFrame: 7 }));
    expect(drawnOn(backward)).toEqual([8, 7].map((frame) => [frame, [A]]));
  });

  it('takes annotated masks of the whole clip into memory, draws beside them, and begins a label where it is given', async () => {
    const world = new ScriptedWorld();
    const annotated = [
      { frameIndex: 0, masks: [{ objectId: A, rle: bandOf(A) }], guesses: [] },
      { frameIndex: 3, masks: [{ objectId: B, rle: bandOf(B) }], guesses: [] },
      { frameIndex: 40, masks: [{ objectId: A, rle: bandOf(A) }], guesses: [] },
    ];
    const frames = await run(world, requestOf({ annotated }));
    expect(drawnOn(frames)).toEqual([
      [1, [A]],
      [2, [A]],
      [3, [A]],
      [4, [A, B]],
      [5, [A, B]],
    ]);
    const [ofA] = world.reads;
    expect(ofA!.maps.map(({ trace, row }) => [trace.frame, row])).toEqual([
      [0, 6],
      [40, 6],
    ]);
    // What is given ahead lends its map, but no pointer.
    expect(ofA!.pointers.map(({ frame }) => frame)).toEqual([0]);
    expect(world.reads.filter(({ maps }) => maps[0]!.trace.band === B).map(({ frame }) => frame)).toEqual([
      4, 5,
    ]);
  });

  it('counts the mask of the start frame as tracked where other masks are true, and as true where none is', async () => {
    const guessed = new ScriptedWorld();
    const annotated = [{ frameIndex: 2, masks: [{ objectId: A, rle: bandOf(A) }], guesses: [] }];
    await run(guessed, requestOf({ startFrame: 10, endFrame: 12, annotated }));
    expect(guessed.reads[0]!.maps.map(({ trace, row }) => [trace.frame, row])).toEqual([
      [2, 6],
      [10, 0],
    ]);
    const alone = new ScriptedWorld();
    await run(alone, requestOf({ startFrame: 10, endFrame: 12 }));
    expect(alone.reads[0]!.maps.map(({ trace, row }) => [trace.frame, row])).toEqual([[10, 6]]);
  });

  it('keeps following a label that is given as absent, and yields nothing of labels given on a frame', async () => {
    const world = new ScriptedWorld();
    const conditioning = [{ frameIndex: 2, masks: [{ objectId: A, rle: nothing }] }];
    const frames = await run(world, requestOf({ endFrame: 3, conditioning }));
    expect(drawnOn(frames)).toEqual([
      [1, [A]],
      [2, []],
      [3, [A]],
    ]);
    const scores = world.reads.at(-1)!.maps.map(({ trace }) => [trace.frame, trace.score]);
    expect(scores).toContainEqual([2, -10]);
  });

  it('lets labels compete for pixels, given masks winning, and remembers apart only when asked to', async () => {
    // Whatever is asked, the model draws label A's band: the labels' wishes are the same.
    const both = requestOf({
      endFrame: 2,
      startMasks: [A, B].map((objectId) => ({ objectId, rle: bandOf(objectId) })),
      annotated: [{ frameIndex: 1, masks: [{ objectId: C, rle: bandOf(A, 8) }], guesses: [] }],
      labels: [A, B, C].map((objectId) => ({ objectId, role: 'competitor' as const })),
    });
    const world = new ScriptedWorld({ band: A });
    const frames = await run(world, both);
    const masks = frames[0]!.masks.map(({ mask }) => decodeRle(mask.rle).data);
    const areas = masks.map((data) => data.reduce((sum, value) => sum + value, 0));
    expect(areas).toEqual([BAND_PX * (SIDE_PX - 8), 0]);
    const areaOf = ({ mask }: (typeof world.remembered)[number]): number =>
      mask.logits.filter((logit) => logit > 0).length;
    const tracked = world.remembered.filter(({ mask }) => !mask.isGiven);
    expect(tracked.map(areaOf)).toEqual([BAND_PX * SIDE_PX, BAND_PX * SIDE_PX]);
    const apart = new ScriptedWorld({ band: A });
    await run(apart, both, { options: { remembersWithoutOverlap: true } });
    expect(apart.remembered.filter(({ mask }) => !mask.isGiven).map(areaOf)).toEqual([BAND_PX * SIDE_PX, 0]);
  });

  it('learns nothing from ignored pixels', async () => {
    const world = new ScriptedWorld();
    await run(world, requestOf({ ignored: [{ fromFrame: 0, rle: bandOf(A, 4) }] }));
    for (const { mask } of world.remembered) {
      const inside = mask.logits.filter((logit) => logit > 0).length;
      expect(inside).toBe(BAND_PX * (SIDE_PX - 4));
    }
  });

  it('learns nothing from ignored pixels of a start mask that is a guess', async () => {
    const world = new ScriptedWorld();
    const annotated = [{ frameIndex: 2, masks: [{ objectId: A, rle: bandOf(A) }], guesses: [] }];
    const ignored = [{ fromFrame: 0, rle: bandOf(A, 4) }];
    await run(world, requestOf({ startFrame: 10, endFrame: 12, annotated, ignored }));
    const guessed = world.remembered.find(({ frame }) => frame === 10)!;
    expect(guessed.mask.logits.filter((logit) => logit > 0)).toHaveLength(BAND_PX * (SIDE_PX - 4));
  });

  it('says how sure it is that a label is not there', async () => {
    const frames = await run(new ScriptedWorld({ reach: () => 0 }), requestOf({ endFrame: 1 }));
    const { mask } = frames[0]!.masks[0]!;
    expect(mask.areaPx).toBe(0);
    expect(mask.predictedIou).toBeNull();
    expect(mask.confidence).toBeCloseTo(1 / (1 + Math.exp(-3)), 6);
  });

  it('ends as cancelled, between frames and inside of them, and leaves nothing on the device', async () => {
    for (const what of ['encode', 'attend', 'decode', 'remember']) {
      const world = new ScriptedWorld();
      const frames = world.frames();
      const controller = new AbortController();
      world.beforeRun = (step, frame) => {
        if (step === what && frame === 3) {
          controller.abort();
        }
      };
      const yielded: number[] = [];
      const running = (async () => {
        for await (const { frameIndex } of new Sam2Propagator(frames).propagate(
          requestOf({}),
          controller.signal,
        )) {
          yielded.push(frameIndex);
        }
      })();
      await expect(running).rejects.toSatisfy(isCancelled);
      expect(yielded).toEqual([1, 2]);
      frames.forget();
      expect(world.live).toBe(0);
    }
  });

  it('draws the same when the graphs are lost in mid-run and started again', async () => {
    const calm = await run(new ScriptedWorld(), requestOf({ endFrame: 9 }));
    const world = new ScriptedWorld();
    let graphs: GraphSessions = {};
    let losses = 0;
    world.beforeRun = (what, frame) => {
      if (losses < 3 && what === ['attend', 'decode', 'remember'][losses] && frame === 4 + losses) {
        losses += 1;
        graphs = {};
        throw new Error('the device was lost');
      }
    };
    const frames = await run(world, requestOf({ endFrame: 9 }), { graphs: () => graphs });
    expect(losses).toBe(3);
    const rles = (all: readonly PropagatedFrame[]): unknown =>
      all.map(({ masks }) => masks.map((m) => m.mask));
    expect(rles(frames)).toEqual(rles(calm));
  });

  it('refuses a request without any mask', async () => {
    await expect(run(new ScriptedWorld(), requestOf({ startMasks: [] }))).rejects.toMatchObject({
      code: 'propagation-no-masks',
    });
  });
});
