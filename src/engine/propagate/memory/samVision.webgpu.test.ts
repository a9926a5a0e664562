/** SamVision on WebGPU (SwiftShader, tiny graphs): released tensors, lost devices. */
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Box } from '../../../core/geometry/box';
import { loadModelFiles, type ModelFiles } from '../../models/modelFiles';
import { loadBrowserRuntime } from '../../ort/loadBrowserRuntime';
import { largestDifference, plainRead, randomMemory } from '../../sam/__fixtures__/memoryReference';
import { height, picture, squareBox, tinyModelUrl, width } from '../../sam/__fixtures__/tinyScene';
import { SamFrames } from '../../sam/samFrames';
import { SamHost } from '../../sam/samHost';
import { SamVision } from './samVision';

const capabilities = {
  gpu: navigator.gpu ?? null,
  isCrossOriginIsolated: crossOriginIsolated,
  hardwareConcurrency: 2,
};
const { signal } = new AbortController();
const whole: Box = [0, 0, width, height];
const part: Box = [10, 70, 70, 150];
const prompt = { points: [], box: squareBox('left', 0), maskLogits: null };
const memory = randomMemory({ queryCount: 9, tokenCount: 200, components: 12, channels: 2 });

let files: ModelFiles;
const host = new SamHost({ capabilities, loadRuntime: loadBrowserRuntime }, () => undefined);
const frames = new SamFrames(host, { maxFrames: 1, maxBytes: Infinity });
const vision = new SamVision(frames);

beforeAll(async () => {
  files = await loadModelFiles(tinyModelUrl, () => undefined);
  expect(await host.load(files)).toMatchObject({ provider: 'webgpu', fallbackReason: null });
});

beforeEach(() => {
  frames.setFootage(async (frameIndex) => picture(frameIndex));
});

it('keeps no tensor on the GPU but the whole frames in the cache', async () => {
  for (let frameIndex = 0; frameIndex < 2; frameIndex += 1) {
    for (const box of [whole, part]) {
      await vision.look(frameIndex, box, signal, async ({ decode, readMemory }) => {
        await decode(prompt);
        await readMemory(memory);
      });
      expect(host.census.liveCount).toBe(frames.cachedFrames);
    }
  }
  expect(frames.cachedFrames).toBe(1);
  frames.setFootage(async (frameIndex) => picture(frameIndex));
  expect(host.census.liveCount).toBe(0);
});

it('works again from the start when the device is lost', async () => {
  const plainKeys = await vision.look(1, part, signal, async ({ keys }) => keys);
  let calls = 0;
  const answer = await vision.look(1, part, signal, async ({ keys, decode, readMemory }) => {
    calls += 1;
    await decode(prompt);
    if (calls === 1) {
      (await host.device())!.destroy();
    }
    return { keys, read: (await readMemory(memory)).read };
  });
  expect(calls).toBe(2);
  expect(answer.keys).toEqual(plainKeys);
  expect(largestDifference(answer.read, plainRead(memory))).toBeLessThan(1e-3);
  expect(host.census.liveCount).toBe(0);
});
