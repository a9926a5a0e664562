/** The default engine in the browser, on WASM with the tiny model, which tells two squares by their colours. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PropagatedFrame, PropagationRequest } from '../../../core/segment/segmentation';
import { loadBrowserRuntime } from '../../ort/loadBrowserRuntime';
import {
  iouWithBox,
  leftId,
  maskOfBox,
  rightId,
  squareBox,
  tinyModelUrl,
  twoColours,
} from '../../sam/__fixtures__/tinyScene';
import { SegmentEngine } from '../../segmentEngine';

const engine = new SegmentEngine(
  {
    capabilities: { gpu: null, isCrossOriginIsolated: crossOriginIsolated, hardwareConcurrency: 2 },
    loadRuntime: loadBrowserRuntime,
  },
  () => undefined,
);

beforeAll(async () => {
  expect((await engine.load({ modelUrl: tinyModelUrl }, () => undefined)).provider).toBe('wasm');
});

beforeEach(() => {
  engine.setFootage(async (frameIndex) => twoColours(frameIndex));
});

function masksAt(frameIndex: number) {
  return [
    { objectId: leftId, rle: maskOfBox(squareBox('left', frameIndex)) },
    { objectId: rightId, rle: maskOfBox(squareBox('right', frameIndex)) },
  ];
}

async function propagate(
  startFrame: number,
  endFrame: number,
  annotated: readonly number[],
): Promise<PropagatedFrame[]> {
  const request: PropagationRequest = {
    engine: 'memory',
    startFrame,
    endFrame,
    labels: [
      { objectId: leftId, role: 'object' },
      { objectId: rightId, role: 'competitor' },
    ],
    startMasks: masksAt(startFrame),
    conditioning: [],
    annotated: annotated.map((frameIndex) => ({ frameIndex, masks: masksAt(frameIndex), guesses: [] })),
  };
  return Array.fromAsync(engine.propagate(request, new AbortController().signal));
}

function expectFollowed(frames: readonly PropagatedFrame[]): void {
  for (const { frameIndex, masks } of frames) {
    expect(masks.map(({ objectId }) => objectId)).toEqual([leftId, rightId]);
    expect(iouWithBox(masks[0]!.mask.rle, squareBox('left', frameIndex))).toBeGreaterThanOrEqual(0.9);
    expect(iouWithBox(masks[1]!.mask.rle, squareBox('right', frameIndex))).toBeGreaterThanOrEqual(0.9);
    for (const { mask } of masks) {
      expect(mask.confidence).toBeGreaterThan(0);
      expect(mask.soft).toBeDefined();
    }
  }
}

describe('propagation by the default engine', () => {
  it('follows two squares forward', async () => {
    const frames = await propagate(0, 6, [0]);
    expect(frames.map(({ frameIndex }) => frameIndex)).toEqual([1, 2, 3, 4, 5, 6]);
    expectFollowed(frames);
    expect(frames.every(({ timings }) => timings.decodeMs > 0)).toBe(true);
    expect(engine.stats().liveGpuTensors).toBe(0);
  });

  it('follows them backward, and comes back from an annotated frame', async () => {
    const frames = await propagate(4, 1, [0, 4]);
    expect(frames.map(({ frameIndex }) => frameIndex)).toEqual([3, 2, 1, 1, 2, 3]);
    expectFollowed(frames);
  });
});
