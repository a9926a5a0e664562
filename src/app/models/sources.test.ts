/** What is asked before a download, files given to the wrong model, and tests that outlive a visit. */
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import type { ModelOffer } from '../../core/models/modelOffer';
import { nextTurn } from '../__fixtures__/appFixtures';
import { hydrated, measured, refusal, shelf, statement } from './__fixtures__/shelf';

const offer: ModelOffer = {
  id: 'xmem',
  licence: 'MIT',
  source: 'files.test',
  sources: [],
  containers: ['pytorch'],
  variants: { fp32: { graphBytes: 1, weightBytes: 2 }, fp16: { graphBytes: 1, weightBytes: 1 } },
  testedWith: 'seeded weights',
};
const url = 'https://files.test/o/r/resolve/main/w.pth';

describe('Asking a host', () => {
  it('downloads nothing, and tells what the host says until the download begins', async () => {
    const { store, done, useCases, answer, end } = shelf();
    const asking = useCases.askHost('xmem', url);
    expect(store.getState().hostEnquiries.xmem).toEqual({ kind: 'asking', url });
    answer(statement);
    await asking;
    expect(store.getState().hostEnquiries.xmem).toEqual({ kind: 'answered', url, statement });
    expect(done).toEqual([`ask ${url}`]);
    const hydrating = useCases.hydrate('xmem', { from: url, variant: 'fp32', stated: statement });
    expect(store.getState().hostEnquiries).toEqual({});
    end({ kind: 'done', model: hydrated });
    await hydrating;
  });

  it('says why the host did not tell', async () => {
    const { store, useCases, answer } = shelf();
    const asking = useCases.askHost('xmem', url);
    answer(new UserFacingError({ ...refusal, code: 'checkpoint-download' }));
    await asking;
    expect(store.getState().hostEnquiries.xmem).toMatchObject({
      kind: 'failed',
      url,
      message: { code: 'checkpoint-download' },
    });
    expect(store.getState().messages).toEqual([]);
  });

  it('ends when the user has another wish, and an answer that comes late changes nothing', async () => {
    const { store, useCases, answer } = shelf();
    const first = useCases.askHost('xmem', url);
    useCases.endEnquiry('xmem');
    await first;
    expect(store.getState().hostEnquiries).toEqual({});
    const second = useCases.askHost('xmem', url);
    const third = useCases.askHost('xmem', `${url}2`);
    await second;
    expect(store.getState().hostEnquiries.xmem).toEqual({ kind: 'asking', url: `${url}2` });
    answer(statement);
    await third;
    expect(store.getState().hostEnquiries.xmem).toMatchObject({ kind: 'answered', url: `${url}2` });
  });
});

describe('A file given to the wrong model', () => {
  const file = new File(['x'], 'w.pth');

  it('is read where it belongs, in 32 bits for a video model', async () => {
    const { store, requests, useCases, end } = shelf();
    const refusing = useCases.hydrate('sam-vit-b', { from: file, variant: 'fp16' });
    end({ kind: 'refused', message: refusal, details: [], belongsTo: 'xmem' });
    await refusing;
    expect(store.getState().modelArrivals['sam-vit-b']).toMatchObject({ belongsTo: 'xmem' });
    const reading = useCases.readWhereItBelongs('sam-vit-b');
    await nextTurn();
    expect(store.getState()).toMatchObject({ shownModel: 'xmem', openTool: 'models' });
    expect(store.getState().modelArrivals).toEqual({
      xmem: { kind: 'working', phase: 'Starting', fraction: null },
    });
    expect(requests.at(-1)).toEqual({ from: file, variant: 'fp32' });
    end({ kind: 'done', model: hydrated });
    await reading;
    expect(store.getState().hydratedModels.xmem).toBe(hydrated);
    await useCases.readWhereItBelongs('sam-vit-b');
    expect(requests).toHaveLength(2);
  });

  it('is kept while its own model is being read', async () => {
    const { store, requests, useCases, end } = shelf();
    const refusing = useCases.hydrate('sam-vit-b', { from: file, variant: 'fp32' });
    end({ kind: 'refused', message: refusal, details: [], belongsTo: 'xmem' });
    await refusing;
    const first = useCases.hydrate('xmem', { from: file, variant: 'fp32' });
    await useCases.readWhereItBelongs('sam-vit-b');
    expect(requests).toHaveLength(2);
    expect(store.getState().modelArrivals['sam-vit-b']).toMatchObject({ belongsTo: 'xmem' });
    useCases.cancelHydration('xmem');
    await first;
    const second = useCases.readWhereItBelongs('sam-vit-b');
    await nextTurn();
    expect(requests).toHaveLength(3);
    useCases.cancelHydration('xmem');
    await second;
  });

  it('finds its model by itself where it is given to none', async () => {
    const { store, done, useCases, end } = shelf();
    const reading = useCases.readWhoevers(new File(['x'], 'XMem.pth'));
    await nextTurn();
    expect(store.getState().shownModel).toBe('xmem');
    end({ kind: 'done', model: hydrated });
    await reading;
    expect(done).toContain('hydrate xmem');
    await useCases.readWhoevers(file);
    expect(store.getState().messages).toMatchObject([{ text: expect.stringContaining('w.pth is none of') }]);
  });
});

describe('Weights that are here already', () => {
  const file = new File(['x'], 'XMem.pth');

  it('are replaced by a file given to no model only after a question, in the precision that is here', async () => {
    const { store, done, requests, useCases, end } = shelf();
    store.getState().setHydratedModel('xmem', { ...hydrated, variant: 'fp16' });
    store.getState().setModelsData({
      hasHalfPrecision: true,
      modelOffers: { xmem: offer },
    });
    const kept = useCases.readWhoevers(file);
    await nextTurn();
    expect(store.getState()).toMatchObject({
      openTool: null,
      confirmation: { title: 'Replace the weights of XMem?', text: expect.stringContaining('w.pth') },
    });
    store.getState().answer(false);
    await kept;
    expect(store.getState()).toMatchObject({ shownModel: 'mobilesam', openTool: 'models' });
    expect(done).toEqual([]);
    const replacing = useCases.readWhoevers(file);
    await nextTurn();
    store.getState().answer(true);
    await nextTurn();
    expect(requests).toEqual([{ from: file, variant: 'fp16' }]);
    end({ kind: 'done', model: hydrated });
    await replacing;
    expect(store.getState().shownModel).toBe('xmem');
  });

  it('are not asked about while the engine is at work, or they are being read', async () => {
    const { store, done, useCases } = shelf({ isEngineBusy: () => true });
    store.getState().setHydratedModel('xmem', hydrated);
    await useCases.readWhoevers(file);
    expect(store.getState().messages).toMatchObject([{ text: expect.stringContaining('at work') }]);
    expect(done).toEqual([]);
    const other = shelf();
    const reading = other.useCases.hydrate('xmem', other.from);
    await other.useCases.readWhoevers(file);
    expect(other.store.getState().messages).toMatchObject([
      { text: expect.stringContaining('XMem is being read from a file already') },
    ]);
    expect(other.requests).toEqual([other.from]);
    other.useCases.cancelHydration('xmem');
    await reading;
  });
});

it('shows that it looks whose a file is, which can be cancelled', async () => {
  const { store, done, useCases } = shelf();
  const looking = useCases.readWhoevers(new File(['x'], 'XMem.pth'));
  expect(store.getState().modelArrivals.mobilesam).toEqual({
    kind: 'working',
    phase: 'Looking which model XMem.pth belongs to',
    fraction: null,
  });
  useCases.cancelHydration('mobilesam');
  expect(store.getState().modelArrivals).toEqual({});
  await looking;
  expect(done).toEqual([]);
  expect(store.getState().shownModel).toBeNull();
});

describe('Self-tests', () => {
  it('are kept, and told again at the next visit', async () => {
    const { store, useCases, keptTests, keepTests } = shelf();
    store.getState().setHydratedModel('xmem', hydrated);
    await useCases.test('xmem');
    expect(keptTests()).toEqual([{ id: 'xmem', measured }]);
    const later = shelf();
    later.keepTests(keptTests());
    await later.useCases.openShelf();
    expect(later.store.getState().modelTests.xmem).toEqual({ kind: 'done', measured });
    keepTests([]);
  });

  it('wait to be asked for where they take minutes, and can be stopped', async () => {
    const { store, done, useCases, from, end } = shelf();
    const { engine } = store.getState();
    const info = engine.kind === 'ready' ? engine.info : null;
    store.getState().setEngine({ kind: 'ready', info: { ...info!, provider: 'wasm' } });
    const hydrating = useCases.hydrate('sam-vit-b', from);
    end({ kind: 'done', model: { ...hydrated, storedBytes: 375_000_000 } });
    await hydrating;
    expect(done).not.toContain('test sam-vit-b');
    expect(store.getState().modelTests).toEqual({});
    const stopped = useCases.test('sam-vit-b');
    useCases.stopTest('sam-vit-b');
    expect(store.getState().modelTests['sam-vit-b']).toEqual({ kind: 'running', isStopping: true });
    await stopped;
    expect(store.getState().modelTests).toEqual({});
    await useCases.test('sam-vit-b');
    expect(store.getState().modelTests['sam-vit-b']).toEqual({ kind: 'done', measured });
    const again = useCases.test('sam-vit-b');
    useCases.stopTest('sam-vit-b');
    await again;
    expect(store.getState().modelTests['sam-vit-b']).toEqual({ kind: 'done', measured });
    store.getState().setEngine({ kind: 'ready', info: { ...info!, provider: 'webgpu' } });
    const next = useCases.hydrate('sam-vit-l', from);
    end({ kind: 'done', model: { ...hydrated, storedBytes: 1_249_000_000 } });
    await next;
    expect(done).toContain('test sam-vit-l');
  });

  it('run for the model that comes with the app too', async () => {
    const { store, done, useCases } = shelf();
    await useCases.test('mobilesam');
    expect(done).toEqual(['test mobilesam']);
    expect(store.getState().modelTests.mobilesam).toEqual({ kind: 'done', measured });
  });
});
