/** What the user is told when the storage worker has no room, or fails. */
import { afterEach, expect, it, vi } from 'vitest';
import { scriptWorkers, type ScriptedWorker } from '../rpc/__fixtures__/scriptedWorker';
import { StorageClient } from './storageClient';
import type { ProjectId } from './storageProtocol';

const project = 'a' as ProjectId;
let workers: ScriptedWorker[] = [];

function clientWith(service: object): StorageClient {
  workers = scriptWorkers(service);
  return new StorageClient();
}

afterEach(() => {
  workers.forEach((worker) => worker.terminate());
  vi.unstubAllGlobals();
});

it.each([
  new DOMException('no more', 'QuotaExceededError'),
  new Error('The storage is full: no space left on device'),
])('says that the disk is full when the worker says so: %s', async (error) => {
  const storage = clientWith({
    appendMasks: () => Promise.reject(error),
    kind: async () => 'disk',
  });
  await expect(storage.appendMasks(project, [])).rejects.toMatchObject({
    code: 'storage-full',
    safe: expect.stringContaining('what was saved before stays saved'),
  });
  expect(await storage.kind()).toBe('disk');
  expect(workers).toHaveLength(1);
});

it('passes on other errors as they are', async () => {
  const storage = clientWith({ load: () => Promise.reject(new RangeError('a bug')) });
  await expect(storage.load(project)).rejects.toMatchObject({ name: 'RangeError', message: 'a bug' });
});
