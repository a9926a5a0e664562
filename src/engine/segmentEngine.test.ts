/** The engine under Node with small models: what stays when a load fails, and what runs say of who drew them. */
import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { objectId } from '../core/base/ids';
import type { Box } from '../core/geometry/box';
import { encodeRle } from '../core/mask/rle';
import type { LabelPrompts, PropagatedFrame, PropagationRequest } from '../core/segment/segmentation';
import type { ModelFiles } from './models/modelFiles';
import { parseModelManifest } from './models/modelManifest';
import type { ShelfModelFiles } from './models/shelfFiles';
import type { OrtRuntime } from './ort/ortRuntime';
import { nodeWasmRuntime } from './ort/__fixtures__/nodeWasmRuntime';
import { readParityGolden } from './sam2/__fixtures__/parityGolden';
import { seededSam2Files } from './sam2/__fixtures__/seededSam2';
import { SegmentEngine } from './segmentEngine';

const modelUrl = 'https://example.org/models/mobilesam/';
const width = 96;
const height = 64;
const one = objectId(1);

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(file, import.meta.url)));
}

async function tinySam(): Promise<ModelFiles> {
  const folder = './sam/__fixtures__/';
  const text = new TextDecoder().decode(await bytesOf(`${folder}model.json`));
  const encoder = await bytesOf(`${folder}tinyEncoder.onnx`);
  return {
    manifest: parseModelManifest(JSON.parse(text)),
    encoder,
    decoder: await bytesOf(`${folder}tinyDecoder.onnx`),
  };
}

const readMini = (file: string) => bytesOf(`./sam2/__fixtures__/edgetam-mini/${file}`);

const loaded = {
  id: 'edgetam',
  variant: 'fp32',
  checkpointName: 'edgetam.pt',
  checkpointSha256: 'ab',
  graphs: [],
} as const;

async function readEdgeTam(): Promise<ShelfModelFiles> {
  const { seedRules } = (await readParityGolden(readMini)).json;
  const files = await seededSam2Files(readMini, seedRules);
  return { ...files, manifest: { ...files.manifest, id: 'edgetam' }, loaded };
}

let edgeTam: Promise<ShelfModelFiles> | null = null;

function miniEdgeTam(): Promise<ShelfModelFiles> {
  edgeTam ??= readEdgeTam();
  return edgeTam;
}

const loadShelfFiles = vi.fn(miniEdgeTam);

let sessionsMade = 0;

function countingRuntime(): OrtRuntime {
  const runtime = nodeWasmRuntime();
  const create = (...parts: Parameters<OrtRuntime['InferenceSession']['create']>) => {
    sessionsMade += 1;
    return runtime.InferenceSession.create(...parts);
  };
  return { ...runtime, InferenceSession: { create } as OrtRuntime['InferenceSession'] };
}

const engine = new SegmentEngine(
  {
    capabilities: { gpu: null, isCrossOriginIsolated: true, hardwareConcurrency: 2 },
    loadRuntime: async () => countingRuntime(),
    loadFiles: tinySam,
    loadShelfFiles,
  },
  () => undefined,
);

beforeEach(async () => {
  await engine.load({ modelUrl }, () => undefined);
  engine.setFootage(async () => ({
    width,
    height,
    data: new Uint8ClampedArray(width * height * 4).fill(200),
  }));
});

function boxOf(box: Box): LabelPrompts[] {
  return [{ role: 'object', prompts: { objectId: one, points: [], box, mask: null } }];
}

async function runOf(name: PropagationRequest['engine'], endFrame = 1): Promise<PropagatedFrame[]> {
  const data = new Uint8Array(width * height);
  for (let y = 10; y < 40; y += 1) {
    data.fill(1, y * width + 20, y * width + 50);
  }
  const startMasks = [{ objectId: one, rle: encodeRle({ width, height, data }) }];
  const request: PropagationRequest = {
    engine: name,
    startFrame: 0,
    endFrame,
    labels: [{ objectId: one, role: 'object' }],
    startMasks,
    conditioning: [],
    annotated: [{ frameIndex: 0, masks: startMasks, guesses: [] }],
  };
  const frames: PropagatedFrame[] = [];
  for await (const frame of engine.propagate(request, new AbortController().signal)) {
    frames.push(frame);
  }
  return frames;
}

it('stays as it was, drawings included, when a model cannot be loaded', async () => {
  const labels = boxOf([10, 10, 40, 40]);
  const before = await engine.predict(0, labels);
  const files = await miniEdgeTam();
  for (const broken of [
    async () => Promise.reject(new Error('not here')),
    async () => ({ ...files, manifest: { ...files.manifest, config: {} } }),
  ]) {
    loadShelfFiles.mockImplementationOnce(broken).mockImplementationOnce(broken);
    await expect(engine.load({ modelUrl, model: 'edgetam' }, () => undefined)).rejects.toThrow();
    loadShelfFiles.mockReset().mockImplementation(miniEdgeTam);
    const again = await engine.predict(0, labels);
    expect(again.masks).toEqual(before.masks);
    expect(again.timings).toMatchObject({ encodeMs: 0, decodeMs: 0 });
  }
});

it('keeps nothing that was drawn while a model took the place of another', async () => {
  await engine.predict(0, boxOf([10, 10, 40, 40]));
  const labels = boxOf([50, 10, 80, 40]);
  let drawing: Promise<unknown> = Promise.resolve();
  await engine.load({ modelUrl }, ({ phase }) => {
    if (phase.startsWith('Starting')) {
      queueMicrotask(() => {
        drawing = engine.predict(0, labels);
      });
    }
  });
  await drawing;
  expect((await engine.predict(0, labels)).timings.decodeMs).toBeGreaterThan(0);
});

it('says of each run by which model it was drawn', async () => {
  const info = await engine.load({ modelUrl, model: 'edgetam' }, () => undefined);
  expect(info).toMatchObject({ modelId: 'edgetam', loaded, provider: 'wasm' });
  const [first, second] = await runOf('edgetam', 2);
  expect(first!.drawnBy).toMatchObject({ modelName: info.modelName, modelId: 'edgetam', loaded });
  expect(second!.drawnBy).toBeUndefined();
  const [drawn] = await runOf('sam');
  expect(drawn!.drawnBy).toMatchObject({ modelName: info.modelName, loaded });
  // The memory engine works with the bundled SAM while EdgeTAM draws from prompts.
  const [remembered] = await runOf('memory');
  expect(remembered!.drawnBy?.modelName).toBe((await tinySam()).manifest.name);
  expect(remembered!.drawnBy).not.toHaveProperty('loaded');
}, 120_000);

it('serves a run to its end whose model is forgotten meanwhile, and starts no other for it', async () => {
  loadShelfFiles.mockClear();
  const data = new Uint8Array(width * height).fill(1, 0, width * 20);
  const startMasks = [{ objectId: one, rle: encodeRle({ width, height, data }) }];
  const request: PropagationRequest = {
    engine: 'edgetam',
    startFrame: 0,
    endFrame: 4,
    labels: [{ objectId: one, role: 'object' }],
    startMasks,
    conditioning: [],
    annotated: [],
  };
  const frames: number[] = [];
  const made = new Set<number>();
  for await (const { frameIndex } of engine.propagate(request, new AbortController().signal)) {
    made.add(sessionsMade);
    frames.push(frameIndex);
    await engine.forgetModel('edgetam');
  }
  expect(frames).toEqual([1, 2, 3, 4]);
  expect(made.size).toBe(1);
  expect(loadShelfFiles).toHaveBeenCalledTimes(1);
});
