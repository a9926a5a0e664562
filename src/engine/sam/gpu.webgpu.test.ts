/** SAM's plumbing on WebGPU (SwiftShader, tiny graphs): numbers, released tensors, lost devices. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineInfo } from '../../core/engine/engineInfo';
import { loadModelFiles, type ModelFiles } from '../models/modelFiles';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import { picture, squareBox, tinyModelUrl } from './__fixtures__/tinyScene';
import { FrameDrawer } from './frameDrawer';
import { SamFrames } from './samFrames';
import { SamHost } from './samHost';

const capabilities = {
  gpu: navigator.gpu ?? null,
  isCrossOriginIsolated: crossOriginIsolated,
  hardwareConcurrency: 2,
};
const interactive = { priority: 'interactive' } as const;

let files: ModelFiles;
let changes: EngineInfo[] = [];
const host = new SamHost({ capabilities, loadRuntime: loadBrowserRuntime }, (info) => changes.push(info));
const frames = new SamFrames(host, { maxFrames: 4, maxBytes: Infinity });
const drawer = new FrameDrawer(frames);

function promptFor(frameIndex: number) {
  return { points: [], box: squareBox('left', frameIndex), maskLogits: null };
}

async function areaOn(frameIndex: number): Promise<number> {
  const { labels } = await drawer.draw(frameIndex, [promptFor(frameIndex)], interactive);
  return labels[0]!.logits.data.filter((logit) => logit > 0).length;
}

beforeAll(async () => {
  files = await loadModelFiles(tinyModelUrl, () => undefined);
  const info = await host.load(files);
  expect(info).toMatchObject({ provider: 'webgpu', fallbackReason: null });
  expect(info.adapter).toBeTruthy();
  frames.setFootage(async (frameIndex) => picture(frameIndex));
});

describe('on a GPU', () => {
  it('draws what the CPU draws', async () => {
    const onGpu = await drawer.draw(2, [promptFor(2)], interactive);
    const cpuHost = new SamHost({ capabilities, loadRuntime: loadBrowserRuntime }, () => undefined);
    await cpuHost.load(files, 'wasm');
    const cpuFrames = new SamFrames(cpuHost);
    cpuFrames.setFootage(async (frameIndex) => picture(frameIndex));
    const onCpu = await new FrameDrawer(cpuFrames).draw(2, [promptFor(2)], interactive);
    const differences = onGpu.labels[0]!.logits.data.map((logit, index) =>
      Math.abs(logit - onCpu.labels[0]!.logits.data[index]!),
    );
    expect(Math.max(...differences.filter((_, index) => index % 13 === 0))).toBeLessThan(1e-3);
  });

  it('answers overlapping calls', async () => {
    const areas = await Promise.all([0, 1, 2, 3, 0, 1, 2, 3].map(areaOn));
    expect(areas.slice(0, 4)).toEqual(areas.slice(4));
    expect(areas.every((area) => area > 1000)).toBe(true);
  });

  it('keeps no tensor on the GPU but the embeddings in the cache', async () => {
    for (let frameIndex = 0; frameIndex < 12; frameIndex += 1) {
      await areaOn(frameIndex);
      await drawer.encode(frameIndex + 1, interactive);
      expect(host.census.liveCount).toBe(frames.cachedFrames);
      expect(frames.cachedFrames).toBeLessThanOrEqual(4);
    }
    expect(frames.cachedFrames).toBe(4);
    frames.setFootage(async (frameIndex) => picture(frameIndex));
    expect(host.census.liveCount).toBe(0);
  });
});

describe('when the device is lost', () => {
  it('makes a new one and goes on', async () => {
    const before = await areaOn(3);
    changes = [];
    (await host.device())!.destroy();
    expect(await areaOn(3)).toBe(before);
    expect(changes.map(({ provider }) => provider)).toEqual(['webgpu']);
    expect(host.census.liveCount).toBe(frames.cachedFrames);
  });

  it('finishes a call that was under way', async () => {
    const before = await areaOn(4);
    const device = (await host.device())!;
    const running = Promise.all([10, 11, 4].map(areaOn));
    device.destroy();
    expect((await running)[2]).toBe(before);
  });

  it('moves to the processor after two losses in a row, and says why', async () => {
    // The losses before may have used up the engine's patience with the GPU.
    await host.load(files);
    const before = await areaOn(3);
    changes = [];
    const first = (await host.device())!;
    first.destroy();
    await first.lost;
    // The engine replaces a lost device unasked.
    await expect.poll(async () => (await host.device()) !== first).toBe(true);
    const second = (await host.device())!;
    second.destroy();
    await second.lost;
    await expect.poll(async () => (await host.device()) === null).toBe(true);
    expect(await areaOn(3)).toBe(before);
    expect(changes.at(-1)).toMatchObject({ provider: 'wasm' });
    expect(changes.at(-1)?.fallbackReason).toContain('twice');
    expect(host.census.liveCount).toBe(0);
  });
});
