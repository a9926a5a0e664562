/** Models that are started on demand: once at a place, again at another, given back when nobody needs them. */
import { expect, it, vi } from 'vitest';
import { models, type ModelId } from '../../core/models/shelf';
import type { OrtContext } from '../ort/graphSession';
import { GpuTensorCensus } from '../ort/gpuTensorCensus';
import type { Place } from '../ort/place';
import { SessionMutex } from '../ort/sessionMutex';
import type { ShelfModelFiles } from './shelfFiles';
import { ShelfHost } from './shelfHost';

/** A runtime whose sessions are counted, and fail to start on a device when the test says so. */
function harness() {
  const state = { created: 0, living: 0, failsOnGpu: false, failsAnywhere: false };
  const create = async (_: unknown, options: { executionProviders?: readonly unknown[] }) => {
    const onGpu = typeof options.executionProviders?.[0] === 'object';
    if (state.failsAnywhere || (onGpu && state.failsOnGpu)) {
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
      manifest: { id, name: models[id].name, config: { id } },
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

it('gives memory back as soon as nobody is at work, and starts nothing that was given back', async () => {
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
  await expect(model.use(async () => undefined)).rejects.toMatchObject({
    code: 'model-missing',
    what: expect.stringContaining('XMem was replaced or removed'),
  });
  expect(state).toMatchObject({ created: 1, living: 0 });
  expect(await host.model('xmem')).not.toBe(model);
  expect(loadFiles).toHaveBeenCalledTimes(2);
});

it('serves who holds a model to the end on the same sessions, forgotten or not', async () => {
  const { host, state } = harness();
  const model = await host.model('xmem');
  const letGo = model.hold();
  const seen = [await model.use(async (graphs) => graphs)];
  await host.forget('xmem');
  seen.push(await model.use(async (graphs) => graphs), await model.use(async (graphs) => graphs));
  expect(new Set(seen).size).toBe(1);
  expect(state).toMatchObject({ created: 1, living: 1 });
  await letGo();
  await letGo();
  expect(state.living).toBe(0);
});

it('says that the model was replaced when what holds it cannot be started again', async () => {
  const { host, state, current, placeWith } = harness();
  const model = await host.model('xmem');
  model.hold();
  await model.start();
  await host.forget('xmem');
  // As when the device is lost, and the files are gone.
  current.place = placeWith(null);
  state.failsAnywhere = true;
  await expect(model.use(async () => undefined)).rejects.toMatchObject({ code: 'model-missing' });
});

it('runs on the processor when the graphics card cannot, and says so', async () => {
  const { host, state, current, placeWith } = harness();
  const device = { features: new Set() } as unknown as GPUDevice;
  current.place = placeWith(device);
  expect(await (await host.model('edgetam')).start()).toEqual({ provider: 'webgpu', fallbackReason: null });
  state.failsOnGpu = true;
  const model = await host.model('xmem');
  expect(model.standing).toBeNull();
  expect(await model.start()).toEqual({
    provider: 'wasm',
    fallbackReason: 'The graphics card could not run XMem (too large), so it runs on the processor.',
  });
  expect(state).toMatchObject({ created: 2, living: 2 });
});

it('asks again for files that were missing', async () => {
  const { host, loadFiles } = harness();
  loadFiles.mockRejectedValueOnce(new Error('not here'));
  await expect(host.model('edgetam')).rejects.toThrow('not here');
  await expect(host.model('edgetam')).resolves.toBeDefined();
});

it('tries to start a model again that could not be started', async () => {
  const { host, state } = harness();
  state.failsAnywhere = true;
  const model = await host.model('xmem');
  await expect(model.start()).rejects.toThrow('too large');
  state.failsAnywhere = false;
  expect(await model.start()).toEqual({ provider: 'wasm', fallbackReason: null });
  expect(state).toMatchObject({ created: 1, living: 1 });
});
