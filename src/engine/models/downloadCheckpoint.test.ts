/** Downloads go by the known size of the official file, and end, whatever the server does. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { downloadCheckpoint, keptDownload } from './downloadCheckpoint';
import { memoryFolder } from './__fixtures__/memoryFolder';
import type { OpfsFolder } from './opfsFolder';

const url = 'https://files.test/small.pth';

type Served = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes: number;
  /** Whether the connection breaks behind the bytes. */
  readonly breaks?: boolean;
};

let requests: (string | null)[] = [];

beforeEach(() => {
  requests = [];
  vi.stubGlobal('navigator', { storage: { estimate: async () => ({ quota: 1e9, usage: 0 }) } });
});
afterEach(() => vi.unstubAllGlobals());

/** `answer` is given the number of the request, from 1 on, and from which byte on it asks. */
function serve(answer: (request: number, start: number) => Served): void {
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const range = new Headers(init.headers).get('range');
    requests.push(range);
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const {
      status = start > 0 ? 206 : 200,
      headers = {},
      bytes,
      breaks = false,
    } = answer(requests.length, start);
    let isSent = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (!isSent && bytes > 0) {
          controller.enqueue(new Uint8Array(bytes));
        } else if (breaks) {
          controller.error(new TypeError('network error'));
        } else {
          controller.close();
        }
        isSent = true;
      },
    });
    return new Response(body, { status, headers: { etag: '"1"', ...headers } });
  });
}

function download(folder: OpfsFolder, sizeBytes: number | null = null): Promise<File> {
  return downloadCheckpoint(folder, {
    id: 'xmem',
    url,
    fileName: 'small.pth',
    sizeBytes,
    onProgress: () => undefined,
    retryAfterMs: 0,
  });
}

it('refuses a file of another size than the official one before anything is written', async () => {
  const { folder, files } = memoryFolder();
  serve(() => ({ bytes: 500, headers: { 'content-length': '500' } }));
  await expect(download(folder, 400)).rejects.toMatchObject({
    code: 'checkpoint-download',
    what: expect.stringContaining('file of 500 bytes, and the official one has 400'),
  });
  expect(requests).toHaveLength(1);
  expect([...files.keys()]).toEqual([]);
});

it('takes no more than the official size from a server that does not say how much it sends', async () => {
  const { folder, files } = memoryFolder();
  serve(() => ({ bytes: 500 }));
  await expect(download(folder, 400)).rejects.toThrow(/more than the 400 bytes/);
  expect([...files.keys()]).toEqual([]);
});

it('goes by the size that was told before when it goes on', async () => {
  const { folder, files } = memoryFolder();
  serve((request) =>
    request === 1
      ? { bytes: 300, breaks: true, headers: { 'content-length': '500' } }
      : // All of it once more, but said to be the rest.
        { bytes: 500 },
  );
  await expect(download(folder)).rejects.toThrow(/more than the 500 bytes/);
  expect([...files.keys()]).toEqual([]);
  requests = [];
  serve((request) =>
    request === 1 ? { bytes: 300, breaks: true, headers: { 'content-length': '500' } } : { bytes: 200 },
  );
  expect((await download(folder)).size).toBe(500);
  expect(requests).toEqual([null, 'bytes=300-']);
});

it('does not go on from a part of a file of another size', async () => {
  const { folder } = memoryFolder();
  serve(() => ({ bytes: 300, breaks: true, headers: { 'content-length': '500' } }));
  await expect(download(folder)).rejects.toMatchObject({ code: 'checkpoint-download' });
  requests = [];
  serve(() => ({ bytes: 400, headers: { 'content-length': '400' } }));
  expect((await download(folder, 400)).size).toBe(400);
  expect(requests).toEqual([null]);
});

it('gives up on a server that breaks at alternating lengths', async () => {
  const { folder } = memoryFolder();
  // It sends all anew, and each time another length of it.
  serve((request) => ({ status: 200, bytes: request % 2 === 0 ? 100 : 200, breaks: true }));
  await expect(download(folder)).rejects.toMatchObject({ code: 'checkpoint-download' });
  expect(requests).toHaveLength(5);
});

it('gives up on a server that breaks after every byte, and keeps what came', async () => {
  const { folder } = memoryFolder();
  serve((_, start) => ({
    bytes: 1,
    breaks: true,
    headers: { 'content-range': `bytes ${start}-9999/10000` },
  }));
  await expect(download(folder)).rejects.toMatchObject({ code: 'checkpoint-download' });
  expect(requests).toHaveLength(100);
  expect(requests.at(-1)).toBe('bytes=99-');
});

it('leaves nothing of a host that is not reached', async () => {
  const { folder, files } = memoryFolder();
  vi.stubGlobal('fetch', async () => {
    throw new TypeError('Failed to fetch');
  });
  await expect(download(folder)).rejects.toMatchObject({
    safe: expect.stringContaining('Nothing was downloaded'),
  });
  expect([...files.keys()]).toEqual([]);
  expect(await keptDownload(folder, 'xmem')).toBeNull();
});
