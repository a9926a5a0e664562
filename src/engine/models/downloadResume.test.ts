/** Downloads go on only where the server still has the same file, and leave nothing behind that is of no use. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { downloadCheckpoint, type DownloadTask } from './downloadCheckpoint';
import { memoryFolder } from './__fixtures__/memoryFolder';

const url = 'https://files.test/small.pth';
/** Byte i of the file that the server has. */
const byteAt = (index: number): number => (index * 7) % 251;
const SIZE = 1000;
const whole = Uint8Array.from({ length: SIZE }, (_, index) => byteAt(index));

type Request = { readonly start: number; readonly number: number };
type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the whole file. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly breaks?: boolean;
};

let requests: number[] = [];
let room = { quota: 1e9, usage: 0 };

beforeEach(() => {
  requests = [];
  room = { quota: 1e9, usage: 0 };
  vi.stubGlobal('navigator', { storage: { estimate: async () => room } });
});
afterEach(() => vi.unstubAllGlobals());

function serve(answer: (request: Request) => Answer): void {
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    init.signal?.throwIfAborted();
    const range = new Headers(init.headers).get('range');
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    requests.push(start);
    const made = answer({ start, number: requests.length });
    const { status = start > 0 ? 206 : 200, headers = {}, breaks = false } = made;
    const bytes = made.bytes ?? whole.slice(status === 206 ? start : 0);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        if (bytes.length > 0) {
          controller.enqueue(bytes);
        }
        if (!breaks) {
          controller.close();
        }
      },
      pull: (controller) => controller.error(new TypeError('network error')),
    });
    return new Response(body, { status, headers });
  });
}

/** The first half, then the connection breaks. */
const half: Answer = {
  headers: { etag: '"1"', 'content-length': String(SIZE) },
  bytes: whole.slice(0, 500),
  breaks: true,
};

function download(folder: ReturnType<typeof memoryFolder>['folder'], more: Partial<DownloadTask> = {}) {
  return downloadCheckpoint(folder, {
    id: 'xmem',
    url,
    fileName: 'small.pth',
    sizeBytes: null,
    onProgress: () => undefined,
    retryAfterMs: 0,
    ...more,
  });
}

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

it('goes on where the connection broke, and has every byte of the file', async () => {
  const { folder } = memoryFolder();
  serve(({ number, start }) =>
    number === 1 ? half : { headers: { etag: '"1"', 'content-range': `bytes ${start}-999/1000` } },
  );
  const told: (readonly [number, number | null])[] = [];
  const file = await download(folder, { onProgress: (...progress) => told.push(progress) });
  expect(await bytesOf(file)).toEqual(whole);
  expect(file.name).toBe('small.pth');
  expect(requests).toEqual([0, 500]);
  expect(told).toEqual([
    [500, 1000],
    [1000, 1000],
  ]);
});

it.each<[string, Answer]>([
  ['has another etag', { headers: { etag: '"2"', 'content-range': 'bytes 500-999/1000' } }],
  ['has another length', { headers: { etag: '"1"', 'content-range': 'bytes 500-1999/2000' } }],
  ['begins elsewhere', { headers: { etag: '"1"', 'content-range': 'bytes 400-999/1000' } }],
  ['is shorter than what is kept', { status: 416, headers: { etag: '"1"' } }],
])('begins anew when what the server has %s', async (_, answer) => {
  const { folder } = memoryFolder();
  serve(({ number, start }) => (number === 1 ? half : start > 0 ? answer : { headers: { etag: '"2"' } }));
  expect(await bytesOf(await download(folder))).toEqual(whole);
  expect(requests).toEqual([0, 500, 0]);
});

it('begins anew from another address, and where the server sends all of it again', async () => {
  const { folder } = memoryFolder();
  serve(({ number }) => (number === 1 ? half : { status: 404 }));
  await expect(download(folder)).rejects.toMatchObject({ code: 'checkpoint-download' });
  expect(requests).toEqual([0, 500]);
  requests = [];
  const other = 'https://mirror.test/small.pth';
  serve(() => ({}));
  expect(await bytesOf(await download(folder, { url: other }))).toEqual(whole);
  expect(requests).toEqual([0]);
  // The part of before was longer than what a server sends that starts from the beginning.
  const again = memoryFolder();
  requests = [];
  serve(({ number }) => (number === 1 ? half : { status: 200, bytes: whole.slice(0, 300), headers: {} }));
  expect((await download(again.folder)).size).toBe(300);
  expect(requests).toEqual([0, 500]);
});

it('asks for no more once all of it is there', async () => {
  const { folder } = memoryFolder();
  serve(() => ({ headers: { 'content-length': String(SIZE) } }));
  await download(folder);
  await download(folder);
  expect(requests).toEqual([0]);
});

it('does not take an answer that ends too early for the whole file', async () => {
  const { folder, files } = memoryFolder();
  serve(({ start }) => ({
    headers: { 'content-range': `bytes ${start}-999/1000` },
    bytes: whole.slice(start, Math.min(SIZE, start + 400)),
  }));
  expect(await bytesOf(await download(folder))).toEqual(whole);
  expect(requests).toEqual([0, 400, 800]);
  expect(files.has('xmem.part')).toBe(true);
});

it('goes by no length of what is packed on the way', async () => {
  const { folder } = memoryFolder();
  serve(() => ({ headers: { 'content-length': '10', 'content-encoding': 'gzip' } }));
  expect(await bytesOf(await download(folder))).toEqual(whole);
});

it.each<[string, Answer, RegExp]>([
  ['a page', { headers: { 'content-type': 'text/html; charset=utf-8' } }, /web page/],
  ['a refusal', { status: 403 }, /answers 403/],
])('writes nothing of %s', async (_, answer, reason) => {
  const { folder, files } = memoryFolder();
  serve(() => answer);
  await expect(download(folder)).rejects.toMatchObject({
    code: 'checkpoint-download',
    what: expect.stringMatching(reason),
  });
  expect(files.get('xmem.part')?.length ?? 0).toBe(0);
});

it('tells before it begins that there is no room, and a full disk as what it is', async () => {
  const { folder, files } = memoryFolder();
  room = { quota: 1500, usage: 600 };
  serve(() => ({ headers: { 'content-length': String(SIZE) } }));
  await expect(download(folder)).rejects.toMatchObject({ code: 'storage-full' });
  expect(files.get('xmem.part')?.length ?? 0).toBe(0);
  const full = new DOMException('full', 'QuotaExceededError');
  room = { quota: 1e9, usage: 0 };
  const failing = {
    ...folder,
    getFileHandle: async (name: string, options?: FileSystemGetFileOptions) => {
      const handle = await folder.getFileHandle(name, options);
      const access = {
        getSize: () => 0,
        truncate: () => undefined,
        write: () => {
          throw full;
        },
        flush: () => undefined,
        close: () => undefined,
      };
      return name.endsWith('.part')
        ? { ...handle, getFile: () => handle.getFile(), createSyncAccessHandle: async () => access }
        : handle;
    },
  } as unknown as typeof folder;
  await expect(download(failing)).rejects.toBe(full);
});

it.each(['while it comes', 'while it waits to try again'])('is cancelled %s', async (when) => {
  const { folder, files } = memoryFolder();
  const controller = new AbortController();
  serve(() => half);
  const work = download(folder, {
    signal: controller.signal,
    retryAfterMs: when === 'while it comes' ? 0 : 60_000,
    onProgress: () => {
      if (when === 'while it comes') {
        controller.abort();
      } else {
        setTimeout(() => controller.abort(), 20);
      }
    },
  });
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  expect(requests).toEqual([0]);
  expect(files.get('xmem.part')).toEqual(whole.slice(0, 500));
});
