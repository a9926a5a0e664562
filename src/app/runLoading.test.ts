/** A run by a model of the shelf says that the model is being loaded, and draws nothing until it is. */
import { expect, it } from 'vitest';
import { cancelledError } from '../core/base/errors';
import { maskOf, nextTurn, one, ready, steppedPropagator } from './__fixtures__/appFixtures';
import { MaskRun } from './maskRun';
import { hydrated } from './models/__fixtures__/shelf';
import { planOf } from './runUseCases';

/** A run by XMem, which is loaded when the test says so. */
function loadingRun() {
  const store = ready();
  store.getState().setHydratedModel('xmem', hydrated);
  store.getState().setPropagationEngine('xmem');
  store.getState().setFrameMasks('prompted', 0, [[one, maskOf(3)]]);
  let loaded: () => void = () => undefined;
  const loading = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const segment = {
    ...steppedPropagator(),
    predict: () => Promise.reject(new Error('not asked for')),
    prepare: (_id: string, { signal }: { signal?: AbortSignal } = {}) =>
      new Promise<void>((resolve, reject) => {
        void loading.then(resolve);
        signal?.addEventListener('abort', () => reject(cancelledError()));
      }),
  };
  const run = new MaskRun(store, async () => undefined);
  const order = { kind: 'propagate', direction: 'forward', extent: 'wholeRange' } as const;
  const ended = run.start('propagate', () => planOf(store, segment, order));
  return { store, segment, run, ended, loaded: () => loaded() };
}

const drawn = ({ store }: ReturnType<typeof loadingRun>) =>
  store.getState().tracks.get(one)?.propagated.size ?? 0;

it('names the model until it is loaded, then counts frames', async () => {
  const made = loadingRun();
  await nextTurn();
  expect(made.store.getState().propagation).toMatchObject({
    loading: 'XMem',
    state: 'running',
    framesDone: 0,
  });
  expect(made.segment.requests).toEqual([]);
  made.loaded();
  await nextTurn();
  expect(made.store.getState().propagation).not.toHaveProperty('loading');
  await made.ended;
  expect(drawn(made)).toBe(9);
});

it('waits behind the loading where it was paused meanwhile', async () => {
  const made = loadingRun();
  await nextTurn();
  made.run.pause();
  made.loaded();
  await nextTurn();
  expect(made.store.getState().propagation).toMatchObject({ state: 'paused' });
  expect(made.segment.requests).toEqual([]);
  made.run.resume();
  await made.ended;
  expect(drawn(made)).toBe(9);
});

it('stops at once, without a frame and without an error', async () => {
  const made = loadingRun();
  await nextTurn();
  made.run.stop();
  await made.ended;
  expect(made.store.getState()).toMatchObject({ propagation: null, messages: [] });
  expect(made.segment.requests).toEqual([]);
});
