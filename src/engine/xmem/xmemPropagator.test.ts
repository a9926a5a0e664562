/** Propagation with a network whose answers are known: who is drawn where, what is learned from, and what is not. */
import { describe, expect, it } from 'vitest';
import type { ObjectId } from '../../core/base/ids';
import type { Rle } from '../../core/mask/rle';
import type { PropagatedFrame } from '../../core/segment/segmentation';
import {
  follow,
  green,
  greenId,
  ground,
  isColour,
  maskOfColour,
  nowhere,
  red,
  redId,
  ScriptedNetwork,
  scriptedPropagator,
  scriptedRequest,
  wandering,
  type Film,
} from './__fixtures__/scriptedXMem';

const colours = new Map([
  [redId, red],
  [greenId, green],
]);

function maskOf(film: Film, frameIndex: number, id: ObjectId): { objectId: ObjectId; rle: Rle } {
  return { objectId: id, rle: maskOfColour(film, frameIndex, colours.get(id)!) };
}

function annotated(film: Film, frameIndex: number, ids: readonly ObjectId[]) {
  return { frameIndex, masks: ids.map((id) => maskOf(film, frameIndex, id)), guesses: [] };
}

function drawnIds({ masks }: PropagatedFrame): ObjectId[] {
  return masks.map(({ objectId }) => objectId);
}

function expectColours(frames: readonly PropagatedFrame[], film: Film): void {
  for (const { frameIndex, masks } of frames) {
    for (const { objectId, mask } of masks) {
      const colour = colours.get(objectId)!;
      expect(isColour(mask.rle, film, frameIndex, colour), `${colour} on ${frameIndex}`).toBe(true);
    }
  }
}

describe('XMemPropagator', () => {
  it.each([
    { startFrame: 3, endFrame: 43, order: 'forward' },
    { startFrame: 43, endFrame: 3, order: 'backward' },
  ])('follows both labels $order, each frame once, with probabilities and how sure it is', async (script) => {
    const startMasks = [redId, greenId].map((id) => maskOf(wandering, script.startFrame, id));
    const frames = await follow(wandering, { ...script, startMasks });
    const direction = Math.sign(script.endFrame - script.startFrame);
    expect(frames.map(({ frameIndex }) => frameIndex)).toEqual(
      Array.from({ length: 40 }, (_, step) => script.startFrame + direction * (step + 1)),
    );
    expectColours(frames, wandering);
    for (const frame of frames) {
      expect(drawnIds(frame)).toEqual([redId, greenId]);
      for (const { mask } of frame.masks) {
        expect(mask).toMatchObject({ areaPx: 256, predictedIou: null });
        // Cues are what Maskflow's own engine weighs against each other.
        expect(mask.cue).toBeUndefined();
        expect(mask.confidence).toBeGreaterThan(0.9);
        expect(mask.soft).toBeDefined();
      }
    }
  });

  it('does the same when the device is lost after every frame', async () => {
    const script = { startFrame: 0, endFrame: 20, startMasks: [maskOf(wandering, 0, redId)] };
    const once = await follow(wandering, script);
    const twice = await follow(wandering, script, new ScriptedNetwork(2));
    const withoutTimes = (frames: readonly PropagatedFrame[]) =>
      frames.map(({ frameIndex, masks }) => ({ frameIndex, masks }));
    expect(withoutTimes(twice)).toEqual(withoutTimes(once));
  });

  it('begins a label where it is first given, and never draws what is given', async () => {
    const truth = [annotated(wandering, 0, [redId]), annotated(wandering, 7, [greenId])];
    const frames = await follow(wandering, {
      startFrame: 0,
      endFrame: 20,
      startMasks: truth[0]!.masks,
      annotated: truth,
      conditioning: truth.slice(1),
    });
    expectColours(frames, wandering);
    for (const frame of frames) {
      const beforeOrOn = frame.frameIndex <= 7;
      expect(drawnIds(frame)).toEqual(beforeOrOn ? [redId] : [redId, greenId]);
    }
  });

  it.each([
    { startFrame: 0, endFrame: 9, order: 'forward' },
    { startFrame: 10, endFrame: 1, order: 'backward' },
  ])('waits for the first label that is given ahead, $order, and says nothing until then', async (script) => {
    const network = new ScriptedNetwork();
    const truth = annotated(wandering, 5, [greenId]);
    const { startFrame, endFrame } = script;
    // What lies behind the start and beyond the end is nothing to wait for.
    const beyond = annotated(wandering, endFrame + Math.sign(endFrame - startFrame) * 3, [greenId]);
    const frames = await follow(wandering, { startFrame, endFrame, annotated: [beyond, truth] }, network, {
      permanentFrames: 1,
    });
    expect(frames.map((frame) => drawnIds(frame).length)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1]);
    expectColours(frames, wandering);
    expect(network.looks).toBe(5);
  });

  it('begins no label where it is said not to be, and follows it from where it is', async () => {
    const absent = { frameIndex: 3, masks: [{ objectId: greenId, rle: nowhere }], guesses: [] };
    const truth = [annotated(wandering, 0, [redId]), absent, annotated(wandering, 7, [greenId])];
    const frames = await follow(wandering, {
      startFrame: 0,
      endFrame: 10,
      startMasks: truth[0]!.masks,
      annotated: truth,
      conditioning: truth.slice(1),
    });
    expect(frames.map((frame) => drawnIds(frame).length)).toEqual([1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
    expectColours(frames, wandering);
  });

  it('remembers every so many frames, and not the last one', async () => {
    const startMasks = [maskOf(wandering, 0, redId)];
    for (const [memoryEvery, endFrame, remembered] of [
      [2, 9, 5],
      [2, 10, 5],
      [3, 10, 4],
      [null, 9, 5],
    ] as const) {
      const network = new ScriptedNetwork();
      await follow(wandering, { startFrame: 0, endFrame, startMasks }, network, { memoryEvery });
      expect(network.remembers).toBe(remembered);
    }
  });

  it('knows from a frame annotated ahead, or behind the start, how a label looks later', async () => {
    // The red tile turns from frame 10 on into what nobody could have known.
    const turned = 60;
    const film: Film = (frame) =>
      wandering(frame).map((grey) => (frame >= 10 && grey === red ? turned : grey));
    const truthAt = (frameIndex: number) => ({
      frameIndex,
      masks: [{ objectId: redId, rle: maskOfColour(film, frameIndex, turned) }],
      guesses: [],
    });
    const start = annotated(film, 8, [redId, greenId]);
    const isFound = (frames: readonly PropagatedFrame[]): boolean =>
      frames
        .filter(({ frameIndex }) => frameIndex >= 10)
        .every(({ frameIndex, masks }) =>
          masks.every(
            ({ objectId, mask }) => objectId !== redId || isColour(mask.rle, film, frameIndex, turned),
          ),
        );
    const script = { startFrame: 8, endFrame: 14, startMasks: start.masks };
    expect(isFound(await follow(film, { ...script, annotated: [start] }))).toBe(false);
    expect(isFound(await follow(film, { ...script, annotated: [start, truthAt(30)] }))).toBe(true);
    const back = { startFrame: 14, endFrame: 8, startMasks: [maskOf(film, 14, greenId)] };
    const frames = await follow(film, { ...back, annotated: [truthAt(30)] });
    expect(frames.every((frame) => drawnIds(frame).length === 2)).toBe(true);
    expect(isFound(frames)).toBe(true);
  });

  it('takes a correction over what it drew, and learns from it', async () => {
    // Nothing but the correction says that this colour belongs to green, too.
    const odd = 70;
    const film: Film = (frame) => {
      const tiles = wandering(frame);
      return frame >= 4 ? tiles.with(3, tiles[3] === ground ? odd : tiles[3]!) : tiles;
    };
    const both = (frameIndex: number): Rle =>
      maskOfColour((at) => film(at).map((grey) => (grey === odd ? green : grey)), frameIndex, green);
    const start = annotated(film, 0, [redId, greenId]);
    const correction = { frameIndex: 6, masks: [{ objectId: greenId, rle: both(6) }], guesses: [] };
    const frames = await follow(
      film,
      {
        startFrame: 0,
        endFrame: 12,
        startMasks: start.masks,
        annotated: [start, correction],
        conditioning: [correction],
      },
      new ScriptedNetwork(),
      // Not remembered before its turn, so that it is a correction.
      { permanentFrames: 1 },
    );
    const greenOn = (frameIndex: number) =>
      frames[frameIndex - 1]!.masks.find(({ objectId }) => objectId === greenId)?.mask;
    expect(greenOn(5)!.areaPx).toBe(256);
    expect(greenOn(6)).toBeUndefined();
    expect(greenOn(7)).toMatchObject({ areaPx: 512, rle: both(7) });
    expect(frames.every((frame) => drawnIds(frame).includes(redId))).toBe(true);
  });

  it('keeps a label that is said to be gone away until it is seen again', async () => {
    const film: Film = (frame) =>
      frame >= 4 && frame < 9
        ? wandering(frame).map((grey) => (grey === red ? ground : grey))
        : wandering(frame);
    const start = annotated(film, 0, [redId]);
    const gone = { frameIndex: 4, masks: [{ objectId: redId, rle: nowhere }], guesses: [] };
    const frames = await follow(film, {
      startFrame: 0,
      endFrame: 12,
      startMasks: start.masks,
      annotated: [start, gone],
      conditioning: [gone],
    });
    expectColours(frames, film);
    expect(frames.map(({ masks: [drawn] }) => drawn?.mask.areaPx)).toEqual([
      256,
      256,
      256,
      undefined,
      0,
      0,
      0,
      0,
      256,
      256,
      256,
      256,
    ]);
  });

  it('learns nothing from ignored pixels', async () => {
    // The start mask takes in a tile that is not red; what covers it hides the mistake.
    const odd = 70;
    const film: Film = (frame) => wandering(frame).with(4, odd);
    const wrong: Film = (frame) => wandering(frame).with(4, red);
    const startMasks = [{ objectId: redId, rle: maskOfColour(wrong, 0, red) }];
    const covered = maskOfColour(film, 0, odd);
    const script = { startFrame: 0, endFrame: 3, startMasks };
    const ignored = [{ fromFrame: 0, rle: covered }];
    const areas = (frames: readonly PropagatedFrame[]) => frames.map(({ masks }) => masks[0]!.mask.areaPx);
    expect(areas(await follow(film, { ...script, ignored }))).toEqual([256, 256, 256]);
    expect(areas(await follow(film, script))).toEqual([512, 512, 512]);
  });

  it('stops at once when it is cancelled, and fetches no more frames', async () => {
    const network = new ScriptedNetwork();
    const { propagator, pictures } = scriptedPropagator(wandering, network);
    const stop = new AbortController();
    const request = scriptedRequest({
      startFrame: 0,
      endFrame: 50,
      startMasks: [maskOf(wandering, 0, redId)],
    });
    const seen: number[] = [];
    const run = (async () => {
      for await (const { frameIndex } of propagator.propagate(request, stop.signal)) {
        seen.push(frameIndex);
        if (frameIndex === 3) {
          stop.abort();
        }
      }
    })();
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(seen).toEqual([1, 2, 3]);
    expect(Math.max(...pictures)).toBe(3);
  });

  it('says that there is nothing to propagate when there is no mask', async () => {
    await expect(follow(wandering, { startFrame: 0, endFrame: 3 })).rejects.toMatchObject({
      code: 'propagation-no-masks',
    });
  });

  it('remembers nothing of the last frame, and draws nothing where all is given', async () => {
    const network = new ScriptedNetwork();
    const truth = [0, 2].map((frame) => annotated(wandering, frame, [redId]));
    const frames = await follow(
      wandering,
      {
        startFrame: 0,
        endFrame: 2,
        startMasks: truth[0]!.masks,
        annotated: truth,
        conditioning: truth.slice(1),
      },
      network,
    );
    expect(frames.map((frame) => drawnIds(frame))).toEqual([[redId], []]);
    // The start and the frame annotated ahead, which is not looked at again.
    expect(network).toMatchObject({ looks: 3, remembers: 2, decodes: 1 });
  });
});
