/** Bringing models here, testing them, letting them go, and which one draws from prompts. */
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import { modelIds, type PromptingModelId } from '../../core/models/shelf';
import { maskOf, nextTurn, one, ready, steppedPropagator } from '../__fixtures__/appFixtures';
import { propagationRun } from '../propagate';
import { hydrated, measured, refusal, shelf } from './__fixtures__/shelf';
import { isMirrorAddress, mirrorUrl } from './modelMirror';
import { mustWaitForWeights } from './engineInUse';
import { PromptingModel, promptingModelInUse } from './promptingModel';

describe('Bringing a model here', () => {
  it('tells how far it is, and tests it at the end', async () => {
    const { store, done, useCases, from, end, tell } = shelf();
    const hydrating = useCases.hydrate('xmem', from);
    tell({ phase: 'Reading w.pth', fraction: 0.5 });
    expect(store.getState().modelArrivals.xmem).toEqual({
      kind: 'working',
      phase: 'Reading w.pth',
      fraction: 0.5,
    });
    end({ kind: 'done', model: hydrated });
    await hydrating;
    expect(store.getState()).toMatchObject({ hydratedModels: { xmem: hydrated }, modelArrivals: {} });
    expect(store.getState().modelTests.xmem).toEqual({ kind: 'done', measured });
    expect(done).toEqual(['hydrate xmem', 'forget xmem', 'announce', 'test xmem']);
  });

  it('is tested as soon as the engine is loaded', async () => {
    const { store, done, useCases, from, end } = shelf();
    const { engine } = store.getState();
    store.getState().setEngine({ kind: 'loading', phase: 'Loading', fraction: null });
    const hydrating = useCases.hydrate('xmem', from);
    end({ kind: 'done', model: hydrated });
    await nextTurn();
    expect(store.getState().hydratedModels.xmem).toBe(hydrated);
    expect(done).not.toContain('test xmem');
    store.getState().setEngine(engine);
    await hydrating;
    expect(done).toContain('test xmem');
  });

  it('says why a file was refused, and keeps what was here', async () => {
    const { store, done, useCases, from, end } = shelf();
    store.getState().setHydratedModel('xmem', hydrated);
    store.getState().setModelTest('xmem', { kind: 'done', measured });
    const hydrating = useCases.hydrate('xmem', from);
    end({ kind: 'refused', message: refusal, details: ['missing: a'] });
    await hydrating;
    expect(store.getState().modelArrivals.xmem).toEqual({
      kind: 'failed',
      message: refusal,
      details: ['missing: a'],
    });
    expect(store.getState().hydratedModels.xmem).toBe(hydrated);
    expect(store.getState().modelTests.xmem).toEqual({ kind: 'done', measured });
    expect(done).toEqual(['hydrate xmem']);
  });

  it('takes the place of weights of an earlier version', async () => {
    const { store, useCases, from, end } = shelf();
    store.getState().setOutdatedModel('xmem', hydrated);
    const hydrating = useCases.hydrate('xmem', from);
    end({ kind: 'done', model: hydrated });
    await hydrating;
    expect(store.getState()).toMatchObject({ hydratedModels: { xmem: hydrated }, outdatedModels: {} });
  });

  it('shows other failures in the same place, and nothing when it was cancelled', async () => {
    const { store, useCases, from, end } = shelf();
    const failing = useCases.hydrate('xmem', from);
    end(new UserFacingError({ ...refusal, code: 'storage-full' }));
    await failing;
    expect(store.getState().modelArrivals.xmem).toMatchObject({ message: { code: 'storage-full' } });
    const hydrating = useCases.hydrate('xmem', from);
    useCases.cancelHydration('xmem');
    await hydrating;
    expect(store.getState().modelArrivals).toEqual({});
    expect(store.getState().messages).toEqual([]);
  });

  it('loads a model anew that draws from prompts', async () => {
    const { store, done, useCases, from, end } = shelf();
    const { engine } = store.getState();
    const info = engine.kind === 'ready' ? engine.info : null;
    store.getState().setEngine({ kind: 'ready', info: { ...info!, modelId: 'edgetam' } });
    const hydrating = useCases.hydrate('edgetam', from);
    end({ kind: 'done', model: hydrated });
    await hydrating;
    expect(done).toEqual(['hydrate edgetam', 'forget edgetam', 'announce', 'reload', 'test edgetam']);
  });
});

describe('Broken downloads', () => {
  it('are known when the page opens and when one broke, and go when they are discarded', async () => {
    const { store, useCases, from, end, keepParts } = shelf();
    const part = { id: 'xmem', sizeBytes: 60_000 } as const;
    keepParts([part]);
    await useCases.openShelf();
    expect(store.getState().partialDownloads).toEqual([part]);
    const other = { id: 'sam-vit-h', sizeBytes: 5 } as const;
    keepParts([part, other]);
    const breaking = useCases.hydrate('sam-vit-h', from);
    end(new UserFacingError({ ...refusal, code: 'checkpoint-download' }));
    await breaking;
    await nextTurn();
    expect(store.getState().partialDownloads).toEqual([part, other]);
    await useCases.discardDownload('xmem');
    expect(store.getState().partialDownloads).toEqual([other]);
    await useCases.discardDownload('sam-vit-h');
    expect(store.getState().partialDownloads).toEqual([other]);
    expect(store.getState().modelArrivals['sam-vit-h']).toMatchObject({
      message: { code: 'storage-failed' },
    });
  });
});

describe('Weights and runs', () => {
  it('keep apart: a model that is here takes no others while the engine is at work', async () => {
    const { store, done, useCases, from } = shelf({ isEngineBusy: () => true });
    store.getState().setHydratedModel('xmem', hydrated);
    await useCases.hydrate('xmem', from);
    expect(done).toEqual([]);
    expect(store.getState().modelArrivals.xmem).toMatchObject({
      kind: 'failed',
      message: { code: 'engine-busy', what: expect.stringContaining('XMem') },
    });
    void useCases.hydrate('edgetam', from);
    expect(done).toEqual(['hydrate edgetam']);
    useCases.cancelHydration('edgetam');
  });

  it('keep apart: a run waits while weights that are here are exchanged', async () => {
    const { store, useCases, from, end } = shelf();
    expect(mustWaitForWeights(store)).toBe(false);
    const first = useCases.hydrate('xmem', from);
    expect(mustWaitForWeights(store)).toBe(false);
    end({ kind: 'done', model: hydrated });
    await first;
    const second = useCases.hydrate('xmem', from);
    expect(mustWaitForWeights(store)).toBe(true);
    expect(store.getState().messages).toMatchObject([
      { text: expect.stringContaining('The weights of XMem are being replaced.') },
    ]);
    end({ kind: 'refused', message: refusal, details: [] });
    await second;
    expect(mustWaitForWeights(store)).toBe(false);
  });
});

describe('Removing a model', () => {
  it('waits while the model is being read, and says so', async () => {
    const { store, done, useCases, from } = shelf();
    store.getState().setHydratedModel('xmem', hydrated);
    const hydrating = useCases.hydrate('xmem', from);
    await useCases.remove('xmem');
    expect(store.getState().confirmation).toBeNull();
    expect(store.getState().messages).toMatchObject([
      { text: expect.stringContaining('XMem is being read from its file.') },
    ]);
    useCases.cancelHydration('xmem');
    await hydrating;
    expect(done).toEqual(['hydrate xmem']);
  });

  it('works for weights of an earlier version', async () => {
    const { store, done, useCases } = shelf();
    store.getState().setOutdatedModel('edgetam', hydrated);
    const removing = useCases.remove('edgetam');
    store.getState().answer(true);
    await removing;
    expect(done).toEqual(['forget edgetam', 'remove edgetam', 'announce']);
    expect(store.getState().outdatedModels).toEqual({});
  });

  it('does not happen when a run began under the question', async () => {
    let isBusy = false;
    const { store, done, useCases } = shelf({ isEngineBusy: () => isBusy });
    store.getState().setHydratedModel('xmem', hydrated);
    const removing = useCases.remove('xmem');
    isBusy = true;
    store.getState().answer(true);
    await removing;
    expect(done).toEqual([]);
    expect(store.getState().hydratedModels.xmem).toBe(hydrated);
  });

  it('asks, and lets the built-in ones do its work', async () => {
    const { store, done, useCases } = shelf();
    store.getState().setHydratedModel('edgetam', hydrated);
    store.getState().setPropagationEngine('edgetam');
    store.getState().setPromptingModel('edgetam');
    const kept = useCases.remove('edgetam');
    expect(store.getState().confirmation?.title).toContain('EdgeTAM');
    store.getState().answer(false);
    await kept;
    expect(store.getState().hydratedModels.edgetam).toBe(hydrated);
    const removing = useCases.remove('edgetam');
    store.getState().answer(true);
    await removing;
    expect(done).toEqual(['forget edgetam', 'remove edgetam', 'announce']);
    expect(store.getState()).toMatchObject({
      hydratedModels: {},
      propagationEngine: 'memory',
      promptingModel: 'mobilesam',
      messages: [
        {
          text: 'EdgeTAM was removed: the memory engine is chosen for propagation, and MobileSAM draws from prompts from now on.',
        },
      ],
    });
  });

  it('waits until the engine is free', async () => {
    const { store, done, useCases } = shelf({ isEngineBusy: () => true });
    store.getState().setHydratedModel('xmem', hydrated);
    await useCases.remove('xmem');
    await useCases.test('xmem');
    expect(done).toEqual([]);
    expect(store.getState().messages[0]).toMatchObject({ kind: 'notice' });
  });
});

describe('The model that draws from prompts', () => {
  function prompting(canLoad: (model: PromptingModelId) => boolean) {
    const store = ready();
    const loaded: PromptingModelId[] = [];
    const model = new PromptingModel(store, async (id) => {
      loaded.push(id);
      return canLoad(id);
    });
    model.start();
    return { store, loaded, model };
  }

  it('is the chosen one once its weights are here, and is not exchanged during a run', async () => {
    const { store, loaded } = prompting(() => true);
    store.getState().setPromptingModel('sam-vit-h');
    await nextTurn();
    expect(promptingModelInUse(store.getState())).toBe('mobilesam');
    expect(loaded).toEqual(['mobilesam']);
    store.getState().setPropagation({
      kind: 'propagate',
      framesDone: 0,
      frameCount: 1,
      lastFrame: null,
      framesPerSec: null,
      secondsLeft: null,
      state: 'running',
    });
    store.getState().setHydratedModel('sam-vit-h', hydrated);
    await nextTurn();
    expect(loaded).toEqual(['mobilesam']);
    store.getState().setPropagation(null);
    await nextTurn();
    expect(loaded).toEqual(['mobilesam', 'sam-vit-h']);
    store.getState().setHydratedModel('sam-vit-h', null);
    await nextTurn();
    expect(loaded).toEqual(['mobilesam', 'sam-vit-h', 'mobilesam']);
  });

  it('says so when a project wants one that is not here, once that is known', () => {
    const { store, model } = prompting(() => true);
    store.getState().setPromptingModel('sam-vit-h');
    expect(store.getState().messages).toEqual([]);
    model.shelfKnown();
    expect(store.getState().messages).toMatchObject([{ text: expect.stringContaining('SAM ViT-H') }]);
    store.getState().setPromptingModel('mobilesam');
    expect(store.getState().messages).toHaveLength(1);
  });

  it('says so when the weights of the wanted one are of an earlier version, and draws with the bundled one', () => {
    const { store, loaded, model } = prompting(() => true);
    store.getState().setPromptingModel('sam-vit-h');
    store.getState().setOutdatedModel('sam-vit-h', hydrated);
    model.shelfKnown();
    expect(loaded).toEqual(['mobilesam']);
    expect(store.getState().messages).toMatchObject([
      { text: expect.stringContaining('SAM ViT-H, whose weights here are of an earlier version') },
    ]);
  });

  it('falls back to the one that comes with the app when it cannot be loaded', async () => {
    const { store, loaded, model } = prompting((id) => id === 'mobilesam');
    store.getState().setHydratedModel('edgetam', hydrated);
    store.getState().setPromptingModel('edgetam');
    await nextTurn();
    expect(loaded).toEqual(['mobilesam', 'edgetam', 'mobilesam']);
    expect(store.getState().promptingModel).toBe('edgetam');
    expect(store.getState().messages).toMatchObject([
      { text: expect.stringContaining('EdgeTAM could not be loaded') },
    ]);
    store.getState().setPropagationEngine('edgetam');
    await nextTurn();
    expect(loaded).toHaveLength(3);
    model.reload();
    await nextTurn();
    expect(loaded.slice(3)).toEqual(['edgetam', 'mobilesam']);
    store.getState().setHydratedModel('edgetam', { ...hydrated, hydratedAtMs: 1 });
    await nextTurn();
    expect(loaded.slice(5)).toEqual(['edgetam', 'mobilesam']);
    expect(store.getState().promptingModel).toBe('edgetam');
  });
});

it('is loaded anew when it is chosen once more after it could not be', () => {
  const { store, done, useCases } = shelf();
  store.getState().setHydratedModel('edgetam', hydrated);
  store.getState().setPromptingModel('edgetam');
  useCases.choosePrompting('edgetam');
  expect(done).toEqual(['reload']);
});

it('does not propagate with a model that is not here', () => {
  const store = ready();
  store.getState().setFrameMasks('prompted', 0, [[one, maskOf(3)]]);
  store.getState().setPropagationEngine('xmem');
  const segment = steppedPropagator();
  const plan = () => propagationRun(store, segment, 'forward', 'wholeRange');
  expect(plan).toThrow('The weights of XMem are not on this device.');
  store.getState().setHydratedModel('xmem', hydrated);
  expect(plan().parameters).toMatchObject({
    method: { engine: 'xmem', shortSidePx: 240 },
    model: { id: 'xmem', checkpointSha256: 'ab' },
  });
  store.getState().setWorkingSize('source');
  expect(plan().parameters.method).toMatchObject({ shortSidePx: null });
});

it('finds copies of official files in the folder of a mirror, apart by model', () => {
  expect(mirrorUrl('https://lab.example/models', 'xmem', 'XMem.pth')).toBe(
    'https://lab.example/models/xmem/XMem.pth',
  );
  expect(mirrorUrl(' https://lab.example/models/ ', 'edgetam', 'a b.pth')).toBe(
    'https://lab.example/models/edgetam/a%20b.pth',
  );
  // Hugging Face calls the file of every model the same.
  const sameName = modelIds.map((id) => mirrorUrl('https://lab.example', id, 'model.safetensors'));
  expect(new Set(sameName).size).toBe(modelIds.length);
  for (const address of ['', 'ftp://lab.example', 'lab.example']) {
    expect(mirrorUrl(address, 'xmem', 'XMem.pth')).toBeNull();
    expect(isMirrorAddress(address)).toBe(false);
  }
  expect(isMirrorAddress('http://lab.example/x')).toBe(true);
});
