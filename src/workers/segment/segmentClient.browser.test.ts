/** The client with its real worker and the tiny model: frames over a port, streams, cancelling, a dying worker. */
import { expose, transfer } from 'comlink';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCancelled } from '../../core/base/errors';
import type { FootageId } from '../../core/base/ids';
import {
  boxPrompt,
  iouWithBox,
  leftId,
  maskOfBox,
  picture,
  squareBox,
  tinyModelUrl,
} from '../../engine/sam/__fixtures__/tinyScene';
import type { FramePixels } from '../footage/footageProtocol';
import { SegmentClient } from './segmentClient';
import type { PropagationRequest } from './segmentProtocol';

const footageId = 'test-footage' as FootageId;
const prompts = [boxPrompt(leftId, squareBox('left', 0))];
const request: PropagationRequest = {
  engine: 'sam',
  startFrame: 0,
  endFrame: 5,
  labels: [{ objectId: leftId, role: 'object' }],
  startMasks: [{ objectId: leftId, rle: maskOfBox(squareBox('left', 0)) }],
  conditioning: [],
  annotated: [],
};

let workers: Worker[] = [];
let client: SegmentClient;

function startWorker(): Worker {
  const worker = new Worker(new URL('./segment.worker.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return worker;
}

function serveFrames(port: MessagePort): void {
  expose(
    {
      getPixels: async (id: FootageId, frameIndex: number): Promise<FramePixels> => {
        expect(id).toBe(footageId);
        const pixels = picture(frameIndex) as FramePixels;
        return transfer(pixels, [pixels.data.buffer]);
      },
    },
    port,
  );
}

function startClient(): SegmentClient {
  const fresh = new SegmentClient(startWorker);
  fresh.connectFrames(serveFrames);
  fresh.setFootage(footageId);
  return fresh;
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}

describe('a loaded client', () => {
  beforeAll(async () => {
    workers = [];
    client = startClient();
    const phases: string[] = [];
    const info = await client.load(
      { modelUrl: tinyModelUrl, forceProvider: 'wasm' },
      { onProgress: ({ phase }) => phases.push(phase) },
    );
    expect(info).toMatchObject({ provider: 'wasm', modelName: 'Tiny test model' });
    expect(phases.length).toBeGreaterThan(0);
  });

  afterAll(() => client[Symbol.dispose]());

  it('predicts, and encodes a frame only once', async () => {
    await client.encode(0);
    const prediction = await client.predict(0, prompts);
    expect(prediction.timings.encodeMs).toBe(0);
    expect(iouWithBox(prediction.masks[0]!.mask.rle, squareBox('left', 0))).toBeGreaterThan(0.9);
    expect((await client.stats()).cachedEmbeddings).toBe(1);
  });

  it('streams propagated frames, and predicts meanwhile', async () => {
    const frames: number[] = [];
    let answered = -1;
    for await (const { frameIndex, masks } of client.propagate(request)) {
      frames.push(frameIndex);
      expect(iouWithBox(masks[0]!.mask.rle, squareBox('left', frameIndex))).toBeGreaterThan(0.9);
      if (frameIndex === 1) {
        void client.predict(0, prompts).then(() => {
          answered = frames.length;
        });
      }
    }
    expect(frames).toEqual([1, 2, 3, 4, 5]);
    expect(answered).toBeGreaterThan(0);
    expect(answered).toBeLessThan(5);
  });

  it('stops a propagation by its signal', async () => {
    const controller = new AbortController();
    const run = (async () => {
      for await (const _ of client.propagate(request, { signal: controller.signal })) {
        controller.abort();
      }
    })();
    expect(isCancelled(await run.catch((error: unknown) => error))).toBe(true);
    expect((await client.predict(0, prompts)).masks).toHaveLength(1);
  });

  it('cancels a prediction that waits behind another', async () => {
    const controller = new AbortController();
    const first = client.encode(9);
    const second = client.predict(10, prompts, { signal: controller.signal });
    controller.abort();
    expect(isCancelled(await second.catch((error: unknown) => error))).toBe(true);
    await first;
  });

  it('passes errors on as they are', async () => {
    const empty = { ...request, startMasks: [] };
    const run = Array.fromAsync(client.propagate(empty));
    expect(codeOf(await run.catch((error: unknown) => error))).toBe('propagation-no-masks');
  });

  it('previews a mask prompt', async () => {
    const { after } = await client.previewMaskPrompt(maskOfBox(squareBox('left', 0)));
    expect(after.logits).toHaveLength(256 * 256);
  });
});

describe('a client in trouble', () => {
  beforeEach(() => {
    workers = [];
    client = startClient();
  });

  afterEach(() => client[Symbol.dispose]());

  it('names a model file that is missing, and loads when it is there', async () => {
    const missing = client.load({ modelUrl: new URL('/nowhere/', location.href).href });
    expect(codeOf(await missing.catch((error: unknown) => error))).toBe('model-missing');
    expect((await client.load({ modelUrl: tinyModelUrl })).modelName).toBe('Tiny test model');
  });

  it('rejects what was under way when the worker dies, and works again after load', async () => {
    await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' });
    const prediction = client.predict(0, prompts).catch((error: unknown) => error);
    const run = Array.fromAsync(client.propagate(request)).catch((error: unknown) => error);
    workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    expect(codeOf(await prediction)).toBe('engine-start-failed');
    expect(String(await prediction)).toContain('out of memory');
    expect(codeOf(await run)).toBe('engine-start-failed');
    const unloaded = client.predict(0, prompts).catch((error: unknown) => error);
    expect(codeOf(await unloaded)).toBe('engine-start-failed');
    await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' });
    expect(workers).toHaveLength(2);
    expect((await client.predict(0, prompts)).masks[0]!.mask.areaPx).toBeGreaterThan(0);
  });

  it('tries a fresh worker on WASM when the first cannot start', async () => {
    const loading = client.load({ modelUrl: tinyModelUrl });
    workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'it crashed' }));
    const info = await loading;
    expect(workers).toHaveLength(2);
    expect(info.provider).toBe('wasm');
    expect(info.fallbackReason).toContain('it crashed');
    expect(info.fallbackReason).not.toContain('graphics');
    expect((await client.predict(0, prompts)).masks[0]!.mask.areaPx).toBeGreaterThan(0);
  });

  it('reads frames over the newest connection', async () => {
    await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' });
    // Nothing answers at the other end of this one.
    client.connectFrames(() => undefined);
    const unanswered = client.encode(3).catch((error: unknown) => error);
    client.connectFrames(serveFrames);
    expect(isCancelled(await unanswered)).toBe(true);
    expect((await client.predict(0, prompts)).masks[0]!.mask.areaPx).toBeGreaterThan(0);
  });

  it('ends reads of frames when the footage worker dies, until new footage connects', async () => {
    await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' });
    let isFootageAlive = false;
    client.connectFrames((port) => (isFootageAlive ? serveFrames(port) : undefined));
    const waiting = client.predict(0, prompts).catch((error: unknown) => error);
    client.disconnectFrames();
    expect(String(await waiting)).toContain('reads footage stopped');
    expect(String(await client.encode(1).catch((error: unknown) => error))).toContain(
      'reads footage stopped',
    );
    isFootageAlive = true;
    client.setFootage(footageId);
    expect((await client.predict(0, prompts)).masks[0]!.mask.areaPx).toBeGreaterThan(0);
  });
});

describe('a client whose engine is beyond use', () => {
  let lossCount: number;
  let names: string[];

  function startFailing(): Worker {
    const name = names.shift();
    return name === undefined
      ? startWorker()
      : new Worker(new URL('./__fixtures__/failing.worker.ts', import.meta.url), { type: 'module', name });
  }

  beforeEach(() => {
    workers = [];
    lossCount = 0;
    names = ['loads'];
    client = new SegmentClient(startFailing);
    client.connectFrames(serveFrames);
    client.setFootage(footageId);
    client.onEngineLost(() => {
      lossCount += 1;
    });
  });

  afterEach(() => client[Symbol.dispose]());

  it.each([
    ['a trap in a call', /unreachable/, () => client.predict(0, prompts)],
    ['a trap in a stream', /unreachable/, () => Array.fromAsync(client.propagate(request))],
    ['memory that ran out', /bad_alloc/, () => client.encode(0)],
    [
      'an engine that could not be replaced',
      /could not start/,
      () => client.previewMaskPrompt(maskOfBox(squareBox('left', 0))),
    ],
  ])('tells of %s once, and loads anew in a fresh worker', async (_what, cause, fail) => {
    await client.load({ modelUrl: tinyModelUrl });
    expect(lossCount).toBe(0);
    const error: unknown = await fail().then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(codeOf(error)).toBe('engine-start-failed');
    expect(String(error)).toMatch(cause);
    expect(codeOf(await client.predict(0, prompts).catch((thrown: unknown) => thrown))).toBe(
      'engine-start-failed',
    );
    expect(lossCount).toBe(1);
    await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' });
    expect(workers).toHaveLength(1);
    expect((await client.predict(0, prompts)).masks[0]!.mask.areaPx).toBeGreaterThan(0);
    expect(lossCount).toBe(1);
  });

  it('goes on after an ordinary error', async () => {
    await client.load({ modelUrl: tinyModelUrl });
    await expect(client.stats()).rejects.toThrow('an ordinary fault');
    await expect(client.stats()).rejects.toThrow('an ordinary fault');
    expect(lossCount).toBe(0);
  });

  it.each([
    ['webgpu', /^The graphics card could not run the model/],
    ['wasm', /^The engine failed at its first start/],
  ])('names what was tried first: %s', async (provider, reason) => {
    names = [provider];
    const info = await client.load({ modelUrl: tinyModelUrl });
    expect(info.provider).toBe('wasm');
    expect(info.fallbackReason).toMatch(reason);
    expect(lossCount).toBe(0);
  });

  it('starts a fresh worker for the next load when both tries failed', async () => {
    names = ['webgpu', 'wasm'];
    const failed: unknown = await client.load({ modelUrl: tinyModelUrl }).catch((error: unknown) => error);
    expect(codeOf(failed)).toBe('engine-start-failed');
    expect((await client.load({ modelUrl: tinyModelUrl, forceProvider: 'wasm' })).modelName).toBe(
      'Tiny test model',
    );
  });
});
