/** Two tabs over one device: what one brings or removes, the other knows. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { HydratedModel } from '../../core/models/modelStatus';
import type { ModelId } from '../../core/models/shelf';
import { ready } from '../__fixtures__/appFixtures';
import { SHELF_CHANNEL, ShelfNews } from './shelfNews';

const xmem: HydratedModel = {
  variant: 'fp32',
  checkpointName: 'w.pth',
  checkpointBytes: 9,
  checkpointSha256: 'ab',
  weightsSha256: 'cd',
  storedBytes: 9,
  isOfficial: null,
  hydratedAtMs: 0,
  graphs: [],
};

const channels: BroadcastChannel[] = [];
afterEach(() => channels.splice(0).forEach((channel) => channel.close()));

/** A tab over what is stored, which all tabs share. */
function tab(
  stored: Map<ModelId, HydratedModel>,
  isEngineBusy = () => false,
  outdated: readonly ModelId[] = [],
) {
  const store = ready();
  const done: string[] = [];
  const channel = new BroadcastChannel(SHELF_CHANNEL);
  channels.push(channel);
  const news = new ShelfNews(
    store,
    {
      models: {
        hydrated: async () =>
          [...stored].map(([id, model]) =>
            outdated.includes(id) ? { id, model, isOutdated: true } : { id, model },
          ),
      },
      segment: { forgetModel: async (id) => void done.push(`forget ${id}`) },
    },
    { channel, reloadPrompting: () => void done.push('reload'), isEngineBusy },
  );
  return { store, done, news, ids: () => Object.keys(store.getState().hydratedModels) };
}

describe('another tab', () => {
  it('knows at once of a model that was brought or removed', async () => {
    const stored = new Map<ModelId, HydratedModel>();
    const [here, there] = [tab(stored), tab(stored)];
    stored.set('xmem', xmem);
    here.news.announce();
    await vi.waitFor(() => expect(there.ids()).toEqual(['xmem']));
    expect(there.done).toEqual([]);
    expect(here.ids()).toEqual([]);
    there.store.getState().setPropagationEngine('xmem');
    stored.clear();
    here.news.announce();
    await vi.waitFor(() => expect(there.ids()).toEqual([]));
    expect(there.store.getState()).toMatchObject({
      propagationEngine: 'memory',
      messages: [{ text: expect.stringContaining('XMem was removed in another tab') }],
    });
    expect(there.done).toEqual(['forget xmem']);
  });

  it('starts anew with other weights, as soon as nothing draws with those before', async () => {
    let isBusy = true;
    const stored = new Map<ModelId, HydratedModel>([['edgetam', xmem]]);
    const [here, there] = [tab(stored), tab(stored, () => isBusy)];
    await there.news.refresh();
    const { engine } = there.store.getState();
    const info = engine.kind === 'ready' ? engine.info : null;
    there.store.getState().setEngine({ kind: 'ready', info: { ...info!, modelId: 'edgetam' } });
    stored.set('edgetam', { ...xmem, hydratedAtMs: 1, checkpointSha256: 'ef' });
    here.news.announce();
    await vi.waitFor(() =>
      expect(there.store.getState().hydratedModels.edgetam?.checkpointSha256).toBe('ef'),
    );
    expect(there.done).toEqual([]);
    isBusy = false;
    there.store.getState().setPropagation(null);
    await vi.waitFor(() => expect(there.done).toEqual(['forget edgetam', 'reload']));
  });
});

it('does not take back what came here while the list was read', async () => {
  const stored = new Map<ModelId, HydratedModel>();
  const { store, news, ids } = tab(stored);
  store.getState().setHydratedModel('xmem', { ...xmem, hydratedAtMs: 7 });
  const reading = news.refresh();
  stored.set('xmem', xmem);
  store.getState().setHydratedModel('xmem', xmem);
  await reading;
  expect(ids()).toEqual(['xmem']);
  expect(store.getState().hydratedModels.xmem).toBe(xmem);
});

it('counts weights of an earlier version as not here, and knows of them until they go', async () => {
  const stored = new Map<ModelId, HydratedModel>([
    ['xmem', xmem],
    ['sam2.1-tiny', xmem],
  ]);
  const { store, news, ids } = tab(stored, () => false, ['sam2.1-tiny']);
  await news.refresh();
  expect(ids()).toEqual(['xmem']);
  expect(store.getState().outdatedModels).toEqual({ 'sam2.1-tiny': xmem });
  store.getState().setPropagationEngine('xmem');
  expect(store.getState().propagationEngine).toBe('xmem');
  store.getState().setPropagationEngine('sam2.1-tiny');
  expect(store.getState()).toMatchObject({
    propagationEngine: 'memory',
    messages: [{ text: expect.stringContaining('SAM 2.1 tiny has to be read from its file again') }],
  });
  stored.delete('sam2.1-tiny');
  await news.refresh();
  expect(store.getState().outdatedModels).toEqual({});
});
