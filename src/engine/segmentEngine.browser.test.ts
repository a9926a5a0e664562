/** The engine on the WASM provider with the tiny model: prediction, caching, propagation, order of work. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCancelled } from '../core/base/errors';
import { encodeRle, decodeRle, type Rle } from '../core/mask/rle';
import { thresholdSoft } from '../core/mask/softThreshold';
import type { FrameMask } from '../core/track/maskTrack';
import type { PropagatedFrame, PropagationRequest } from '../core/segment/segmentation';
import { loadBrowserRuntime } from './ort/loadBrowserRuntime';
import {
  boxPrompt,
  height,
  iouWithBox,
  leftId,
  maskOfBox,
  picture,
  rightId,
  squareBox,
  tinyModelUrl,
  width,
} from './sam/__fixtures__/tinyScene';
import { SegmentEngine } from './segmentEngine';

const engine = new SegmentEngine(
  {
    capabilities: { gpu: null, isCrossOriginIsolated: crossOriginIsolated, hardwareConcurrency: 2 },
    loadRuntime: loadBrowserRuntime,
  },
  () => undefined,
);

let fetched: number[] = [];

const bothLabels = [
  { objectId: leftId, role: 'object' },
  { objectId: rightId, role: 'competitor' },
] as const;

function request(changes: Partial<PropagationRequest> = {}): PropagationRequest {
  return {
    engine: 'sam',
    startFrame: 0,
    endFrame: 4,
    labels: bothLabels,
    startMasks: [
      { objectId: leftId, rle: maskOfBox(squareBox('left', 0)) },
      { objectId: rightId, rle: maskOfBox(squareBox('right', 0)) },
    ],
    conditioning: [],
    annotated: [],
    ...changes,
  };
}

async function collect(changes: Partial<PropagationRequest> = {}): Promise<PropagatedFrame[]> {
  return Array.fromAsync(engine.propagate(request(changes), new AbortController().signal));
}

function rleOf(frame: PropagatedFrame, id: number): Rle {
  return frame.masks.find(({ objectId }) => objectId === id)!.mask.rle;
}

/** The picture is no larger than a soft mask's grid, so at p = 0.5 the two are one. */
function expectAgreement({ rle, soft }: FrameMask): void {
  const cut = thresholdSoft(soft!, { width, height }, 0.5);
  const drawn = decodeRle(rle);
  expect(cut.data.filter((value, index) => value !== drawn.data[index])).toHaveLength(0);
  expect(soft!.bytes.length).toBeLessThan(width * height);
}

beforeAll(async () => {
  const phases: string[] = [];
  const info = await engine.load({ modelUrl: tinyModelUrl }, ({ phase }) => phases.push(phase));
  expect(info.provider).toBe('wasm');
  expect(info.threads).toBe(crossOriginIsolated ? 2 : 1);
  expect(info.fallbackReason).toContain('WebGPU');
  expect(phases.at(-1)).toContain('Starting');
});

beforeEach(() => {
  fetched = [];
  engine.setFootage(async (frameIndex) => {
    fetched.push(frameIndex);
    return picture(frameIndex);
  });
});

describe('predict', () => {
  const labels = [boxPrompt(leftId, squareBox('left', 3)), boxPrompt(rightId, squareBox('right', 3))];

  it('draws each label in its box, without holes', async () => {
    const { masks } = await engine.predict(3, labels);
    expect(iouWithBox(masks[0]!.mask.rle, squareBox('left', 3))).toBeGreaterThan(0.9);
    expect(iouWithBox(masks[1]!.mask.rle, squareBox('right', 3))).toBeGreaterThan(0.9);
    expect(masks[0]!.mask.box).not.toBeNull();
    expect(masks[0]!.mask.predictedIou).toBeGreaterThan(0);
  });

  it('keeps probabilities that agree with what it drew, competitors taken into account', async () => {
    const overlapping = [labels[0]!, boxPrompt(rightId, [30, 90, 70, 130], 'competitor')];
    const { masks } = await engine.predict(3, overlapping);
    expect(masks[0]!.mask.areaPx).toBeGreaterThan(0);
    for (const { mask } of masks) {
      expectAgreement(mask);
    }
  });

  it('encodes a frame once and draws only what changed', async () => {
    const first = await engine.predict(3, labels);
    expect(first.timings.encodeMs).toBeGreaterThan(0);
    const again = await engine.predict(3, labels);
    expect(again.timings).toMatchObject({ encodeMs: 0, decodeMs: 0 });
    expect(again.masks).toEqual(first.masks);
    const moved = await engine.predict(3, [labels[0]!, boxPrompt(rightId, [230, 30, 290, 80])]);
    expect(moved.timings.encodeMs).toBe(0);
    expect(moved.timings.decodeMs).toBeGreaterThan(0);
    expect(fetched).toEqual([3]);
  });

  it('answers overlapping calls as it answers them one by one', async () => {
    const frames = [0, 1, 2, 3, 2, 1, 0];
    const ask = (frame: number) =>
      engine.predict(frame, [
        boxPrompt(leftId, squareBox('left', frame)),
        boxPrompt(rightId, squareBox('right', frame)),
      ]);
    const together = await Promise.all(frames.map(ask));
    expect(fetched.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    engine.setFootage(async (frameIndex) => picture(frameIndex));
    for (const [index, frame] of frames.entries()) {
      expect(together[index]!.masks).toEqual((await ask(frame)).masks);
    }
  });

  it('forgets a footage when another takes its place', async () => {
    const before = await engine.predict(3, labels);
    engine.setFootage(async () => ({
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
    }));
    expect(engine.stats().cachedEmbeddings).toBe(0);
    const after = await engine.predict(3, labels);
    expect(before.masks[0]!.mask.areaPx).toBeGreaterThan(0);
    expect(after.masks.map(({ mask }) => mask.areaPx)).toEqual([0, 0]);
  });

  it('ends as cancelled when its signal is aborted first', async () => {
    const controller = new AbortController();
    controller.abort();
    const error: unknown = await engine.predict(5, labels, controller.signal).catch((e: unknown) => e);
    expect(isCancelled(error)).toBe(true);
  });
});

describe('propagate', () => {
  it('follows all labels forward and backward', async () => {
    const forward = await collect();
    expect(forward.map(({ frameIndex }) => frameIndex)).toEqual([1, 2, 3, 4]);
    for (const frame of forward) {
      expect(iouWithBox(rleOf(frame, leftId), squareBox('left', frame.frameIndex))).toBeGreaterThan(0.9);
      expect(iouWithBox(rleOf(frame, rightId), squareBox('right', frame.frameIndex))).toBeGreaterThan(0.9);
    }
    const startMasks = [{ objectId: leftId, rle: maskOfBox(squareBox('left', 4)) }];
    const backward = await collect({ startFrame: 4, endFrame: 1, startMasks });
    expect(backward.map(({ frameIndex }) => frameIndex)).toEqual([3, 2, 1]);
    expect(iouWithBox(rleOf(backward[2]!, leftId), squareBox('left', 1))).toBeGreaterThan(0.9);
  });

  it('refines the start mask before it goes on from it', async () => {
    // A corner of the square: only SAM's own drawing of frame 0 makes it whole.
    const corner = maskOfBox([20, 100, 40, 130]);
    const [first] = await collect({ startMasks: [{ objectId: leftId, rle: corner }], endFrame: 1 });
    expect(fetched).toContain(0);
    expect(iouWithBox(rleOf(first!, leftId), squareBox('left', 1))).toBeGreaterThan(0.9);
  });

  it('keeps an empty label empty, until a prompted frame brings it back', async () => {
    const frames = await collect({
      startMasks: [{ objectId: rightId, rle: maskOfBox(squareBox('right', 0)) }],
      conditioning: [{ frameIndex: 2, masks: [{ objectId: leftId, rle: maskOfBox(squareBox('left', 2)) }] }],
    });
    expect(rleOf(frames[0]!, leftId).counts).toEqual(Uint32Array.of(width * height));
    expect(frames[1]!.masks.map(({ objectId }) => objectId)).toEqual([rightId]);
    expect(iouWithBox(rleOf(frames[2]!, leftId), squareBox('left', 3))).toBeGreaterThan(0.9);
  });

  it('takes pixels of a prompted mask away from the labels that flow on', async () => {
    const claimed = maskOfBox([20, 100, 45, 140]);
    const frames = await collect({
      conditioning: [{ frameIndex: 1, masks: [{ objectId: rightId, rle: claimed }] }],
      endFrame: 1,
    });
    const left = decodeRle(rleOf(frames[0]!, leftId));
    const right = decodeRle(claimed);
    expect(left.data.some((value) => value === 1)).toBe(true);
    expect(left.data.some((value, index) => value === 1 && right.data[index] === 1)).toBe(false);
    expectAgreement(frames[0]!.masks[0]!.mask);
  });

  it('keeps the probabilities of every frame, and none where a label is nowhere', async () => {
    const frames = await collect({
      startMasks: [{ objectId: rightId, rle: maskOfBox(squareBox('right', 0)) }],
    });
    for (const { masks } of frames) {
      expect(masks[0]!.mask.soft).toBeUndefined();
      expectAgreement(masks[1]!.mask);
    }
  });

  it('leaves the last frames ready for corrections', async () => {
    await collect();
    const { timings } = await engine.predict(4, [boxPrompt(leftId, squareBox('left', 4))]);
    expect(timings.encodeMs).toBe(0);
  });

  it('lets an interactive call overtake', async () => {
    const order: string[] = [];
    const run = (async () => {
      for await (const { frameIndex } of engine.propagate(
        request({ endFrame: 8 }),
        new AbortController().signal,
      )) {
        order.push(`frame ${frameIndex}`);
        if (frameIndex === 1) {
          void engine.predict(0, [boxPrompt(leftId, [0, 90, 70, 150])]).then(() => order.push('interactive'));
        }
      }
    })();
    await run;
    expect(order.indexOf('interactive')).toBeLessThan(order.indexOf('frame 3'));
    expect(order.at(-1)).toBe('frame 8');
  });

  it('stops when told, with what it has', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const run = (async () => {
      for await (const { frameIndex } of engine.propagate(request({ endFrame: 8 }), controller.signal)) {
        seen.push(frameIndex);
        if (frameIndex === 2) {
          controller.abort();
        }
      }
    })();
    const error: unknown = await run.catch((e: unknown) => e);
    expect(isCancelled(error)).toBe(true);
    expect(seen).toEqual([1, 2]);
  });

  it('ends when another footage is opened', async () => {
    const run = (async () => {
      for await (const { frameIndex } of engine.propagate(request(), new AbortController().signal)) {
        expect(frameIndex).toBe(1);
        engine.setFootage(async () => picture(0));
      }
    })();
    expect(isCancelled(await run.catch((e: unknown) => e))).toBe(true);
  });

  it('says so when there is nothing to propagate', async () => {
    await expect(collect({ startMasks: [] })).rejects.toMatchObject({ code: 'propagation-no-masks' });
  });
});

describe('previewMaskPrompt', () => {
  it('shows the mask and the logits made from it', () => {
    const rle = encodeRle(decodeRle(maskOfBox(squareBox('left', 0))));
    const { before, after } = engine.previewMaskPrompt(rle);
    expect(before).toEqual(rle);
    expect([after.width, after.height]).toEqual([256, 256]);
    expect(new Set(after.logits)).toEqual(new Set([18, -18]));
  });
});
