/** The memory's graphs on WebGPU (SwiftShader), every node on the GPU, against the same on WASM. */
import { beforeAll, expect, it } from 'vitest';
import { imageTransformOf } from '../../core/geometry/imageTransform';
import { requestGpuDevice } from '../ort/gpuDevice';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import { GraphSession, type OrtContext } from '../ort/graphSession';
import { loadBrowserRuntime } from '../ort/loadBrowserRuntime';
import type { OrtSessionOptions } from '../ort/ortRuntime';
import { SessionMutex } from '../ort/sessionMutex';
import {
  cells,
  keyChannels,
  largestDifference,
  randomMemory,
  randomValues,
} from './__fixtures__/memoryReference';
import { CellKeyReader } from './cellKeyReader';
import { cellKeysGraph, groupedMemoryReadGraph, memoryReadGraph } from './memoryGraphs';
import { MemoryReader } from './memoryReader';

const onCpu: OrtSessionOptions = { executionProviders: ['wasm'] };
const run = { priority: 'background' } as const;

let context: OrtContext;
let onGpu: OrtSessionOptions;

beforeAll(async () => {
  const runtime = await loadBrowserRuntime('webgpu', 2);
  context = { runtime, mutex: new SessionMutex(), census: new GpuTensorCensus() };
  const device = await requestGpuDevice((await navigator.gpu.requestAdapter())!);
  // A node that the GPU cannot run then fails the session, where it would move to the processor in the app.
  const extra = { session: { disable_cpu_ep_fallback: '1' } };
  onGpu = { executionProviders: [{ name: 'webgpu', device }], extra };
  return () => device.destroy();
});

it('makes the same cell keys', async () => {
  const values = randomValues(keyChannels * cells, 4);
  const read = async (options: OrtSessionOptions): Promise<Float32Array> => {
    const session = await GraphSession.create(context, cellKeysGraph(), options);
    const tensor = new context.runtime.Tensor('float32', values, [1, keyChannels, 64, 64]);
    const transform = imageTransformOf({ width: 64, height: 64 });
    return new CellKeyReader(session).read(
      { tensor, transform, sizeBytes: values.byteLength, dispose: () => undefined },
      run,
    );
  };
  expect(largestDifference(await read(onGpu), await read(onCpu))).toBeLessThan(1e-3);
});

it.each([
  { queryCount: 3, tokenCount: 20, components: 4, channels: 1 },
  { queryCount: 60, tokenCount: 5000, components: 260, channels: 4 },
])('reads the same for $queryCount queries and $tokenCount tokens', async (size) => {
  const memory = randomMemory(size);
  const gpu = new MemoryReader(await GraphSession.create(context, groupedMemoryReadGraph(), onGpu), true);
  const cpu = new MemoryReader(await GraphSession.create(context, memoryReadGraph(), onCpu), false);
  const expected = await cpu.read(memory, run);
  expect(largestDifference((await gpu.read(memory, run)).read, expected.read)).toBeLessThan(1e-3);
  expect(context.census.liveCount).toBe(0);
});
