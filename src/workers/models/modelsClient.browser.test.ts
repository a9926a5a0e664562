/** The models worker on the browser's own file system: what is kept, what is not, and how downloads go on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCancelled } from '../../core/base/errors';
import type { HydrationOutcome, HydrationProgress } from '../../core/models/hydration';
import { floatTensor, writePytorchZip } from '../../engine/checkpoint/__fixtures__/writePytorchZip';
import { bytesSource } from '../../engine/checkpoint/byteSource';
import { openCheckpoint } from '../../engine/checkpoint/openCheckpoint';
import { memorySink, smallManifest, smallTensors } from '../../engine/models/__fixtures__/smallModel';
import graphUrl from '../../engine/models/__fixtures__/shelf/xmem/net.fp32.onnx?url';
import { hydrate } from '../../engine/models/hydrate';
import { loadShelfFiles } from '../../engine/models/shelfFiles';
import { REQUESTS_CHANNEL, SERVER, servedFile, type ServedRequest } from './__fixtures__/scriptedServer';
import { ModelsClient } from './modelsClient';

const modelsUrl = new URL('..', new URL(graphUrl, location.href)).href;
const clients: ModelsClient[] = [];

/** Ended by the test, so that the next one finds the files free. */
function client(name: 'models' | 'scripted' | 'fullDisk' | 'slowDisk' | 'failingDisk' = 'models'): {
  models: ModelsClient;
  kill: () => void;
} {
  let worker: Worker | null = null;
  const urls = {
    models: () => new Worker(new URL('./models.worker.ts', import.meta.url), { type: 'module' }),
    scripted: () =>
      new Worker(new URL('./__fixtures__/scripted.worker.ts', import.meta.url), { type: 'module' }),
    slowDisk: () =>
      new Worker(new URL('./__fixtures__/slowDisk.worker.ts', import.meta.url), { type: 'module' }),
    failingDisk: () =>
      new Worker(new URL('./__fixtures__/failingDisk.worker.ts', import.meta.url), { type: 'module' }),
    fullDisk: () =>
      new Worker(new URL('./__fixtures__/fullDisk.worker.ts', import.meta.url), { type: 'module' }),
  };
  const models = new ModelsClient(() => (worker = urls[name]()), modelsUrl);
  clients.push(models);
  return { models, kill: () => worker?.terminate() };
}

async function root(): Promise<FileSystemDirectoryHandle> {
  return await (
    await navigator.storage.getDirectory()
  ).getDirectoryHandle('maskflow-models', { create: true });
}

async function names(folder?: FileSystemDirectoryHandle): Promise<string[]> {
  return (await Array.fromAsync((folder ?? (await root())).keys())).toSorted();
}

async function wipe(): Promise<void> {
  const origin = await navigator.storage.getDirectory();
  await origin.removeEntry('maskflow-models', { recursive: true }).catch(() => undefined);
}

beforeEach(wipe);
afterEach(async () => {
  clients.splice(0).forEach((one) => one[Symbol.dispose]());
  await wipe();
});

const small = writePytorchZip(smallTensors());
const smallFile = (): File => new File([small], 'small.pth');

function done(outcome: HydrationOutcome) {
  if (outcome.kind !== 'done') {
    throw new Error(outcome.message.what);
  }
  return outcome.model;
}

async function expectedWeights(variant: 'fp32' | 'fp16'): Promise<Uint8Array[]> {
  const sink = memorySink(smallManifest, variant);
  const checkpoint = await openCheckpoint(bytesSource(small));
  await hydrate({ manifest: smallManifest, variant, checkpoint, sink });
  return sink.files;
}

async function storedWeights(): Promise<Uint8Array[]> {
  const { weights } = await loadShelfFiles('xmem', modelsUrl);
  return await Promise.all(
    weights.map(async ({ data }) => new Uint8Array(await (data as Blob).arrayBuffer())),
  );
}

describe('a file', () => {
  it('becomes weights that outlive the worker and go with their graphs', async () => {
    const { models, kill } = client();
    const told: HydrationProgress[] = [];
    const onProgress = (progress: HydrationProgress): void => void told.push(progress);
    const model = done(await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' }, { onProgress }));
    expect(model).toMatchObject({ variant: 'fp32', checkpointName: 'small.pth', storedBytes: 328 });
    expect(told[0]!.phase).toBe('Reading small.pth');
    kill();
    expect(await client().models.hydrated()).toEqual([{ id: 'xmem', model }]);
    expect(await storedWeights()).toEqual(await expectedWeights('fp32'));
    const files = await loadShelfFiles('xmem', modelsUrl);
    expect(new TextDecoder().decode(files.graphs.get('net'))).toBe('a net in full');
    expect([files.checkpointSha256, files.weightsSha256]).toEqual([
      model.checkpointSha256,
      model.weightsSha256,
    ]);
  });

  it('takes the place of the weights before', async () => {
    const { models } = client();
    await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' });
    done(await models.hydrate('xmem', { from: smallFile(), variant: 'fp16' }));
    expect((await models.hydrated()).map(({ model }) => model.variant)).toEqual(['fp16']);
    expect(await names()).toHaveLength(1);
    expect(await storedWeights()).toEqual(await expectedWeights('fp16'));
  });

  it('is refused with a line for each tensor, and what was ready stays', async () => {
    const { models } = client();
    const before = done(await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' }));
    const other = new File([writePytorchZip({ w: floatTensor([1], Float32Array.of(1)) })], 'other.pth');
    expect(await models.hydrate('xmem', { from: other, variant: 'fp32' })).toMatchObject({
      kind: 'refused',
      message: { code: 'checkpoint-mismatch', what: expect.stringContaining('other.pth does not fit Small') },
      details: ['missing: "conv.weight"', 'missing: "qkv.weight"', 'missing: "bias"', 'not used: "w"'],
    });
    const broken = new File(['hello'], 'broken.pth');
    expect(await models.hydrate('xmem', { from: broken, variant: 'fp32' })).toMatchObject({
      kind: 'refused',
      message: { code: 'checkpoint-unreadable' },
    });
    const nan = { ...smallTensors(), bias: floatTensor([6], new Float32Array(6).fill(NaN)) };
    expect(
      await models.hydrate('xmem', { from: new File([writePytorchZip(nan)], 'nan.pth'), variant: 'fp32' }),
    ).toMatchObject({ kind: 'refused', message: { what: expect.stringContaining('bias') } });
    expect(await models.hydrated()).toEqual([{ id: 'xmem', model: before }]);
    expect(await names()).toHaveLength(1);
  });

  it.each([
    ['while it is read', /^Checking/],
    ['while weights are written', /^Writing/],
  ])('leaves nothing when it is cancelled %s', async (_, phase) => {
    const { models } = client('slowDisk');
    const controller = new AbortController();
    const seen: string[] = [];
    const work = models.hydrate(
      'xmem',
      { from: smallFile(), variant: 'fp32' },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          seen.push(progress.phase);
          if (phase.test(progress.phase)) {
            controller.abort();
          }
        },
      },
    );
    await expect(work).rejects.toSatisfy(isCancelled);
    expect(seen.at(-1)).toMatch(phase);
    expect(await models.hydrated()).toEqual([]);
    expect(await names()).toEqual([]);
  });

  it('leaves nothing when the tab ends', async () => {
    // As a tab leaves it that ends in the middle.
    const stray = await (await root()).getDirectoryHandle('xmem~fp32~stray', { create: true });
    await (
      await (await stray.getFileHandle('weights.fp32.0.bin', { create: true })).createWritable()
    ).close();
    const again = client().models;
    expect(await again.hydrated()).toEqual([]);
    await again.remove('edgetam');
    expect(await names()).toEqual([]);
  });

  it('is not kept on a full disk, which is told', async () => {
    const { models } = client('fullDisk');
    await expect(models.hydrate('xmem', { from: smallFile(), variant: 'fp32' })).rejects.toMatchObject({
      code: 'storage-full',
      safe: expect.stringContaining('Models that are ready stay so'),
    });
    expect(await names()).toEqual([]);
  });
});

describe('stored weights', () => {
  it('are removed', async () => {
    const { models } = client();
    await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' });
    await models.remove('xmem');
    expect([await models.hydrated(), await names()]).toEqual([[], []]);
    await expect(loadShelfFiles('xmem', modelsUrl)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('name the graphs of this build, and not those of the day on which they were read', async () => {
    const { models } = client();
    const model = done(await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' }));
    const [name] = await names();
    const folder = await (await root()).getDirectoryHandle(name!);
    const handle = await folder.getFileHandle('record.json');
    const [graph] = model.graphs;
    const text = (await (await handle.getFile()).text()).replace(graph!.sha256, '0'.repeat(64));
    const writable = await handle.createWritable();
    await writable.write(text);
    await writable.close();
    const { loaded } = await loadShelfFiles('xmem', modelsUrl);
    expect(loaded?.graphs).toEqual(model.graphs);
    expect(await models.hydrated()).toEqual([{ id: 'xmem', model }]);
  });

  it('are not used with graphs that arrange them otherwise, nor when a file is cut', async () => {
    const { models } = client();
    await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' });
    const [name] = await names();
    const folder = await (await root()).getDirectoryHandle(name!);
    const rewrite = async (file: string, change: (text: string) => string): Promise<void> => {
      const handle = await folder.getFileHandle(file);
      const text = await (await handle.getFile()).text();
      const writable = await handle.createWritable();
      await writable.write(change(text));
      await writable.close();
    };
    const record = await (await (await folder.getFileHandle('record.json')).getFile()).text();
    await rewrite('record.json', (text) =>
      text.replace(/"arrangement":"[^"]*"/, `"arrangement":"${'0'.repeat(64)}"`),
    );
    await expect(loadShelfFiles('xmem', modelsUrl)).rejects.toThrow(/another Maskflow version/);
    expect(await models.hydrated()).toMatchObject([{ id: 'xmem', isOutdated: true }]);
    await rewrite('record.json', () => record);
    expect((await models.hydrated()).map(({ isOutdated }) => isOutdated)).toEqual([undefined]);
    expect(await storedWeights()).toHaveLength(2);
    await rewrite('weights.fp32.1.bin', () => 'short');
    await expect(loadShelfFiles('xmem', modelsUrl)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('are offered for the models of this build', async () => {
    const offers = await client().models.offers();
    expect(offers.map(({ id, variants }) => [id, variants.fp16?.weightBytes])).toEqual([['xmem', 328]]);
  });
});

describe('a download', () => {
  const requests: ServedRequest[] = [];
  let channel: BroadcastChannel;
  beforeEach(() => {
    requests.length = 0;
    channel = new BroadcastChannel(REQUESTS_CHANNEL);
    channel.addEventListener('message', ({ data }: MessageEvent<ServedRequest>) => requests.push(data));
  });
  afterEach(() => channel.close());

  const order = (how: string) => ({ from: `${SERVER}${how}/small.pth`, variant: 'fp32' as const });

  it.each([
    ['whole', 1, [null]],
    ['breaks', 4, [null, 'bytes=60000-', 'bytes=120000-', 'bytes=180000-']],
    ['norange', 2, [null, 'bytes=60000-']],
    ['changes', 3, [null, 'bytes=60000-', null]],
  ])('that is %s comes in %i requests', async (how, count, ranges) => {
    const { models } = client('scripted');
    const told: HydrationProgress[] = [];
    const model = done(
      await models.hydrate('xmem', order(how), { onProgress: (progress) => void told.push(progress) }),
    );
    const file = servedFile();
    expect(model).toMatchObject({ checkpointName: 'small.pth', checkpointBytes: file.length });
    expect(requests.map(({ range }) => range)).toEqual(ranges);
    expect(requests).toHaveLength(count);
    expect(told[0]!.phase).toMatch(/^Downloading small\.pth \(20\.0 kB of \d+ kB\)/);
    expect(await storedWeights()).toEqual(await expectedWeights('fp32'));
    expect((await names()).filter((name) => name === 'downloads')).toEqual([]);
  });

  it('goes on where it was cancelled', async () => {
    const { models } = client('scripted');
    const controller = new AbortController();
    const work = models.hydrate('xmem', order('stalls'), {
      signal: controller.signal,
      onProgress: () => setTimeout(() => controller.abort(), 300),
    });
    await expect(work).rejects.toSatisfy(isCancelled);
    const downloads = await (await root()).getDirectoryHandle('downloads');
    expect((await (await downloads.getFileHandle('xmem.part')).getFile()).size).toBe(60_000);
    done(await models.hydrate('xmem', order('stalls')));
    expect(requests.map(({ range }) => range)).toEqual([null, 'bytes=60000-']);
  });

  it.each([
    ['gone', /answers 404/],
    ['page', /web page/],
    ['long', /more than the \d+ bytes/],
  ])('that is %s fails with the reason', async (how, reason) => {
    const { models } = client('scripted');
    await expect(models.hydrate('xmem', order(how))).rejects.toMatchObject({
      code: 'checkpoint-download',
      what: expect.stringMatching(reason),
      safe: expect.stringContaining('Nothing was downloaded'),
    });
    expect(await models.hydrated()).toEqual([]);
    expect(await models.partialDownloads()).toEqual([]);
  });

  it('that was cancelled is listed with its size, and can be discarded', async () => {
    const { models } = client('scripted');
    expect(await models.partialDownloads()).toEqual([]);
    const controller = new AbortController();
    const work = models.hydrate('xmem', order('stalls'), {
      signal: controller.signal,
      onProgress: () => setTimeout(() => controller.abort(), 300),
    });
    await expect(models.discardDownload('xmem')).rejects.toMatchObject({
      code: 'storage-failed',
      what: expect.stringContaining('here or in another tab'),
    });
    await expect(work).rejects.toSatisfy(isCancelled);
    expect(await models.partialDownloads()).toEqual([{ id: 'xmem', sizeBytes: 60_000 }]);
    await models.discardDownload('edgetam');
    expect(await models.partialDownloads()).toHaveLength(1);
    await models.discardDownload('xmem');
    expect([await models.partialDownloads(), await names()]).toEqual([[], []]);
  });

  it('that was discarded leaves the weights that are ready', async () => {
    const { models } = client('scripted');
    const before = done(await models.hydrate('xmem', { from: smallFile(), variant: 'fp32' }));
    await expect(models.hydrate('xmem', order('long'))).rejects.toMatchObject({
      code: 'checkpoint-download',
    });
    await models.discardDownload('xmem');
    expect(await models.hydrated()).toEqual([{ id: 'xmem', model: before }]);
  });

  it('is kept when the disk fails while it is read, and used the next time', async () => {
    const { models } = client('failingDisk');
    await expect(models.hydrate('xmem', order('whole'))).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await models.partialDownloads()).toEqual([{ id: 'xmem', sizeBytes: servedFile().length }]);
    done(await models.hydrate('xmem', order('whole')));
    expect(requests).toHaveLength(1);
    expect(await models.partialDownloads()).toEqual([]);
  });

  it('of another model is refused, and nothing of it is kept', async () => {
    const { models } = client('scripted');
    expect(await models.hydrate('xmem', order('other'))).toMatchObject({ kind: 'refused' });
    expect(await names()).toEqual([]);
  });

  it('from what is no address is refused', async () => {
    await expect(client().models.hydrate('xmem', { from: 'here', variant: 'fp32' })).rejects.toMatchObject({
      code: 'checkpoint-download',
    });
  });
});
