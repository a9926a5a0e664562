/** What the user is told when the storage worker dies or has no room, on a worker that does as the test says. */
import { expose } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StorageClient } from './storageClient';

/** A worker behind a channel; `service` is what it answers with. */
class ScriptedWorker extends EventTarget {
  isTerminated = false;
  readonly #port: MessagePort;

  constructor(service: object) {
    super();
    const { port1, port2 } = new MessageChannel();
    expose(service, port2);
    this.#port = port1;
    port1.addEventListener('message', ({ data }) =>
      this.dispatchEvent(new MessageEvent('message', { data: data as unknown })),
    );
    port1.start();
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
  }
}

const workers: ScriptedWorker[] = [];
let client: StorageClient | null = null;

function clientWith(...services: readonly object[]): StorageClient {
  client = new StorageClient(() => {
    const worker = new ScriptedWorker(services[workers.length]!);
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return client;
}

class FakeErrorEvent extends Event {
  readonly message: string;

  constructor(message: string) {
    super('error');
    this.message = message;
  }
}

beforeEach(() => vi.stubGlobal('ErrorEvent', FakeErrorEvent));
afterEach(() => {
  client?.[Symbol.dispose]();
  workers.splice(0).forEach((worker) => worker.terminate());
  vi.unstubAllGlobals();
});

const never = (): Promise<never> => new Promise(() => undefined);

it('tells every call under way that the worker died, and why, and starts another one for the next', async () => {
  const storage = clientWith({ list: never, kind: never }, { kind: async () => 'disk' });
  const calls = [storage.list(), storage.kind()].map((call) => call.catch((error: unknown) => error));
  workers[0]!.dispatchEvent(new FakeErrorEvent('out of memory'));
  for (const error of await Promise.all(calls)) {
    expect(error).toMatchObject({
      code: 'storage-failed',
      what: expect.stringContaining('out of memory'),
      safe: expect.stringContaining('still in this tab'),
    });
  }
  expect(workers[0]!.isTerminated).toBe(true);
  expect(await storage.kind()).toBe('disk');
  expect(workers).toHaveLength(2);
});

it('tells of a worker that could not be loaded', async () => {
  const storage = clientWith({ kind: never });
  const call = storage.kind();
  workers[0]!.dispatchEvent(new Event('error'));
  await expect(call).rejects.toMatchObject({
    code: 'storage-failed',
    what: expect.stringContaining('could not be loaded'),
  });
});

it.each([
  new DOMException('no more', 'QuotaExceededError'),
  new Error('The storage is full: no space left on device'),
])('says that the disk is full when the worker says so: %s', async (error) => {
  const storage = clientWith({
    appendMasks: () => Promise.reject(error),
    kind: async () => 'disk',
  });
  await expect(storage.appendMasks('a' as never, [])).rejects.toMatchObject({
    code: 'storage-full',
    safe: expect.stringContaining('what was saved before stays saved'),
  });
  expect(await storage.kind()).toBe('disk');
  expect(workers).toHaveLength(1);
});

it('passes on other errors as they are', async () => {
  const storage = clientWith({ load: () => Promise.reject(new RangeError('a bug')) });
  await expect(storage.load('a' as never)).rejects.toMatchObject({ name: 'RangeError', message: 'a bug' });
});
