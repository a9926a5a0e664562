/** A worker that dies ends every call that waits for it with words for the user, and the next call starts another. */
import { afterEach, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import { CompareClient } from '../compare/compareClient';
import { ExportClient } from '../export/exportClient';
import { ImportClient } from '../import/importClient';
import { MeasureClient } from '../measure/measureClient';
import { ModelsClient } from '../models/modelsClient';
import { StorageClient } from '../storage/storageClient';
import { scriptWorkers, type ScriptedWorker } from './__fixtures__/scriptedWorker';

let workers: ScriptedWorker[] = [];

afterEach(() => {
  workers.forEach((worker) => worker.terminate());
  vi.unstubAllGlobals();
});

const never = (): Promise<never> => new Promise(() => undefined);
const dead = new Proxy({}, { get: () => never });

type Client = {
  readonly code: string;
  /** What goes on being safe. */
  readonly safe: RegExp;
  /** A call, and what the worker answers it with. */
  readonly call: () => Promise<unknown>;
  readonly service: object;
};

const request = { getMasks: () => [] };

const clients: Readonly<Record<string, () => Client>> = {
  storage: () => {
    const client = new StorageClient();
    return {
      code: 'storage-failed',
      safe: /still in this tab/,
      call: () => client.list(),
      service: { list: async () => ['answer'] },
    };
  },
  models: () => {
    const client = new ModelsClient(undefined, 'https://app.test/models/');
    return {
      code: 'internal',
      safe: /./,
      call: () => client.hydrated(),
      service: { hydrated: async () => ['answer'] },
    };
  },
  export: () => {
    const client = new ExportClient();
    return {
      code: 'internal',
      safe: /masks are untouched/,
      call: () => client.exportZip({} as never, request),
      service: { exportZip: async () => ['answer'] },
    };
  },
  import: () => {
    const client = new ImportClient();
    return {
      code: 'internal',
      safe: /Nothing was imported/,
      call: () => client.read([]),
      service: { read: async () => ['answer'] },
    };
  },
  measure: () => {
    const client = new MeasureClient();
    return {
      code: 'internal',
      safe: /masks are untouched/,
      call: () => client.measure(null as never, []),
      service: { measure: async () => ['answer'] },
    };
  },
  compare: () => {
    const client = new CompareClient();
    return {
      code: 'internal',
      safe: /./,
      call: () => client.score([]),
      service: { score: async () => ['answer'] },
    };
  },
};

it.each(Object.keys(clients))('%s', async (name) => {
  const { code, safe, call, service } = clients[name]!();
  workers = scriptWorkers(dead, dead, service);
  const [first, second] = [call(), call()].map((waiting) => waiting.catch((error: unknown) => error));
  expect(workers).toHaveLength(1);
  workers[0]!.die('out of memory');
  for (const error of await Promise.all([first, second])) {
    expect(error).toBeInstanceOf(UserFacingError);
    expect(error).toMatchObject({
      code,
      what: expect.stringContaining('out of memory'),
      safe: expect.stringMatching(safe),
    });
  }
  expect(workers[0]!.isTerminated).toBe(true);
  const third = call();
  workers[1]!.die();
  await expect(third).rejects.toThrow(/could not be loaded/);
  expect(await call()).toEqual(['answer']);
  expect(workers).toHaveLength(3);
});
