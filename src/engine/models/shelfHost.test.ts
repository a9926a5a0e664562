/** Models that are started on demand: once at a place, again at another, given back when nobody needs them. */
import { expect, it, vi } from 'vitest';
import type { ModelId } from '../../core/models/shelf';
import type { OrtContext } from '../ort/graphSession';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import type { Place } from '../ort/place';
import { SessionMutex } from '../ort/sessionMutex';
import type { ShelfModelFiles } from './shelfFiles';
import { ShelfHost } from './shelfHost';

/** A runtime whose sessions are counted, and fail to start on a device when the test says so. */
function harness() {
  const state = { created: 0, living: 0, failsOnGpu: false };
  const create = async (_: unknown, options: { executionProviders?: readonly unknown[] }) => {
    const onGpu = typeof options.executionProviders?.[0] === 'object';
    if (onGpu && state.failsOnGpu) {
      throw new Error('too large');
    }
    state.created += 1;
    state.living += 1;
    return {
      onGpu,
      release: async () => {
        state.living -= 1;
      },
    };
  };
  const context = {
    runtime: { InferenceSession: { create } },
    mutex: new SessionMutex(),
    census: new GpuTensorCensus(),
  } as unknown as OrtContext;
  const placeWith = (device: GPUDevice | null): Place => ({ context, device });
  const current = { place: placeWith(null) };
  const loadFiles = vi.fn(async (id: ModelId) => {
    const graphs = new Map([['only', new Uint8Array([1])]]);
    return {
      manifest: { id, config: { id } },
      variant: 'fp32',
      graphs,
      weights: [],
      weightsSha256: null,
    } as unknown as ShelfModelFiles;
  });
  const host = new ShelfHost((work) => work(current.place), loadFiles);
  return { host, state, current, placeWith, loadFiles };
}

it('loads and starts a model once, however many use it at the same time', async () => {
  const { host, state, loadFiles } = harness();
  const [first, second] = await Promise.all([host.model('xmem'), host.model('xmem')]);
  expect(second).toBe(first);
  expect(first.config).toEqual({ id: 'xmem' });
  const [graphs, again] = await Promise.all([1, 2].map(() => first.use(async (sessions) => sessions)));
  expect(again).toBe(graphs);
  expect(state).toMatchObject({ created: 1, living: 1 });
  expect(loadFiles).toHaveBeenCalledTimes(1);
});

it('starts it again at another place, and releases what it had', async () => {
  const { host, state, current, placeWith } = harness();
  const model = await host.model('xmem');
  const before = await model.use(async (graphs) => graphs);
  current.place = placeWith(null);
  const after = await model.use(async (graphs) => graphs);
  expect(after).not.toBe(before);
  expect(state).toMatchObject({ created: 2, living: 1 });
});

it('gives memory back as soon as nobody is at work, also after a use that comes later', async () => {
  const { host, state, loadFiles } = harness();
  const model = await host.model('xmem');
  let finish: () => void = () => undefined;
  const atWork = model.use(() => new Promise<void>((resolve) => (finish = resolve)));
  await vi.waitFor(() => expect(state.living).toBe(1));
  await host.keepOnly(['edgetam']);
  expect(state.living).toBe(1);
  finish();
  await atWork;
  expect(state.living).toBe(0);
  await model.use(async () => undefined);
  expect(state).toMatchObject({ created: 2, living: 0 });
  expect(await host.model('xmem')).not.toBe(model);
  expect(loadFiles).toHaveBeenCalledTimes(2);
});

it('runs on the processor when the graphics card cannot', async () => {
  const { host, state, current, placeWith } = harness();
  const device = { features: new Set() } as unknown as GPUDevice;
  current.place = placeWith(device);
  expect(await host.provider()).toBe('webgpu');
  state.failsOnGpu = true;
  await (await host.model('xmem')).use(async () => undefined);
  expect(state).toMatchObject({ created: 1, living: 1 });
});

it('asks again for files that were missing', async () => {
  const { host, loadFiles } = harness();
  loadFiles.mockRejectedValueOnce(new Error('not here'));
  await expect(host.model('edgetam')).rejects.toThrow('not here');
  await expect(host.model('edgetam')).resolves.toBeDefined();
});
