/** The models worker before and after a download: what hosts state, whose a file is, and what tests found. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeasuredModel } from '../../core/models/modelTest';
import { floatTensor, writePytorchZip } from '../../engine/checkpoint/__fixtures__/writePytorchZip';
import graphUrl from '../../engine/models/__fixtures__/shelf/xmem/net.fp32.onnx?url';
import { smallTensors } from '../../engine/models/__fixtures__/smallModel';
import { SERVER, servedFile } from './__fixtures__/scriptedServer';
import { ModelsClient } from './modelsClient';

const modelsUrl = new URL('..', new URL(graphUrl, location.href)).href;
let models: ModelsClient;

function client(folder = modelsUrl): ModelsClient {
  const start = (): Worker =>
    new Worker(new URL('./__fixtures__/scripted.worker.ts', import.meta.url), { type: 'module' });
  return new ModelsClient(start, folder);
}

async function wipe(): Promise<void> {
  const origin = await navigator.storage.getDirectory();
  await origin.removeEntry('maskflow-models', { recursive: true }).catch(() => undefined);
}

beforeEach(async () => {
  await wipe();
  models = client();
});
afterEach(async () => {
  models[Symbol.dispose]();
  await wipe();
});

const from = (owner: string): string => `${SERVER}${owner}/repository/resolve/main/small.pth`;
const small = new File([writePytorchZip(smallTensors())], 'small.pth');

describe('A host', () => {
  it('states size and hash, and the file that comes is held against them and noted so', async () => {
    const stated = await models.ask('xmem', from('honest'));
    expect(stated).toMatchObject({ host: 'files.test', sizeBytes: servedFile().length });
    const outcome = await models.hydrate('xmem', { from: from('honest'), variant: 'fp32', stated });
    expect(outcome).toMatchObject({
      kind: 'done',
      model: { checkpointSha256: stated.sha256, isOfficial: null, statedBy: 'files.test' },
    });
    models[Symbol.dispose]();
    models = client();
    const [{ model } = {}] = await models.hydrated();
    expect(model).toMatchObject({ statedBy: 'files.test' });
  });

  it('that has another file than it states is not believed', async () => {
    const stated = await models.ask('xmem', from('lying'));
    const outcome = await models.hydrate('xmem', { from: from('lying'), variant: 'fp32', stated });
    expect(outcome).toMatchObject({
      kind: 'refused',
      message: { what: expect.stringContaining('not the file that files.test stated') },
    });
    expect(await models.hydrated()).toEqual([]);
    expect(await models.partialDownloads()).toEqual([]);
  });

  it('that does not answer is told of', async () => {
    await expect(models.ask('xmem', from('nobody'))).rejects.toMatchObject({
      code: 'checkpoint-download',
      what: expect.stringContaining('answers 404'),
    });
    const controller = new AbortController();
    controller.abort();
    await expect(models.ask('xmem', from('honest'), controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('is not needed: what was not stated is noted as not known', async () => {
    const outcome = await models.hydrate('xmem', { from: from('lying'), variant: 'fp32' });
    expect(outcome.kind === 'done' && outcome.model).toMatchObject({ isOfficial: null });
    expect(outcome.kind === 'done' && outcome.model).not.toHaveProperty('statedBy');
  });
});

it('tells whose a file is', async () => {
  expect(await models.whose(small)).toBe('xmem');
  const other = writePytorchZip({ w: floatTensor([1], Float32Array.of(1)) });
  expect(await models.whose(new File([other], 'other.pth'))).toBeNull();
  await expect(models.whose(new File(['nothing'], 'a.pth'))).rejects.toMatchObject({
    code: 'checkpoint-unreadable',
  });
});

describe('What a test found', () => {
  function found(weightsSha256: string | null): MeasuredModel {
    return {
      test: {
        variant: 'fp32',
        provider: 'wasm',
        pictureSidePx: 384,
        encoderMs: 12.5,
        outputs: [{ name: 'key.key', mean: NaN, deviation: 1, areAllFinite: false }],
        verdict: 'notFinite',
      },
      weightsSha256,
      adapter: null,
      measuredAtMs: 1_790_000_000_000,
    };
  }

  it('outlives the worker, for as long as the weights are the same', async () => {
    const outcome = await models.hydrate('xmem', { from: small, variant: 'fp32' });
    const weights = outcome.kind === 'done' ? outcome.model.weightsSha256 : null;
    await models.keepTest('xmem', found(weights));
    models[Symbol.dispose]();
    models = client();
    expect(await models.keptTests()).toEqual([{ id: 'xmem', measured: found(weights) }]);
    await models.hydrate('xmem', { from: small, variant: 'fp16' });
    expect(await models.keptTests()).toEqual([]);
  });

  it('is not told of the same weights with other graphs or other official figures', async () => {
    const outcome = await models.hydrate('xmem', { from: small, variant: 'fp32' });
    const weights = outcome.kind === 'done' ? outcome.model.weightsSha256 : null;
    await models.keepTest('xmem', found(weights));
    const origin = await navigator.storage.getDirectory();
    const handle = await (await origin.getDirectoryHandle('maskflow-models')).getFileHandle('tests.json');
    const text = await (await handle.getFile()).text();
    expect(await models.keptTests()).toHaveLength(1);
    const writable = await handle.createWritable();
    await writable.write(text.replace(/"testedAs":"[^"]*"/, `"testedAs":"${'0'.repeat(64)}"`));
    await writable.close();
    expect(await models.keptTests()).toEqual([]);
  });

  it('of MobileSAM is told for as long as the bundled graph is the same', async () => {
    models[Symbol.dispose]();
    models = client(new URL('/models/', location.href).href);
    const bundled = await fetch('/models/mobilesam/model.json');
    const { encoder } = (await bundled.json()) as { encoder: { sha256: string } };
    await models.keepTest('mobilesam', found(encoder.sha256));
    expect(await models.keptTests()).toEqual([{ id: 'mobilesam', measured: found(encoder.sha256) }]);
    await models.keepTest('mobilesam', found('0'.repeat(64)));
    expect(await models.keptTests()).toEqual([{ id: 'mobilesam', measured: found(encoder.sha256) }]);
    const origin = await navigator.storage.getDirectory();
    const handle = await (await origin.getDirectoryHandle('maskflow-models')).getFileHandle('tests.json');
    const text = await (await handle.getFile()).text();
    const writable = await handle.createWritable();
    await writable.write(text.replace(encoder.sha256, '0'.repeat(64)));
    await writable.close();
    expect(await models.keptTests()).toEqual([]);
  });
});
