/** A server inside a worker: answers `fetch` for https://files.test/ as its path says, and tells what it was asked. */
import { smallTensors } from '../../../engine/models/__fixtures__/smallModel';
import { sha256Hex } from '../../../engine/models/fetchedFile';
import { floatTensor, writePytorchZip } from '../../../engine/checkpoint/__fixtures__/writePytorchZip';

export const SERVER = 'https://files.test/';
export const REQUESTS_CHANNEL = 'scripted-server';

export type ServedRequest = { readonly path: string; readonly range: string | null };

/** Long enough for several pieces. */
export function servedFile(): Uint8Array<ArrayBuffer> {
  const more = floatTensor([50_000], new Float32Array(50_000).fill(0.5));
  return writePytorchZip({ ...smallTensors(), more });
}

/** Bytes before a connection breaks. */
const BREAKS_AFTER = 60_000;

export function installScriptedServer(): void {
  const realFetch = globalThis.fetch;
  const told = new BroadcastChannel(REQUESTS_CHANNEL);
  const counts = new Map<string, number>();
  globalThis.fetch = async (input, init) => {
    const url = String(input);
    if (!url.startsWith(SERVER)) {
      return await realFetch(input, init);
    }
    const path = url.slice(SERVER.length);
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    const range = new Headers(init?.headers).get('range');
    told.postMessage({ path, range } satisfies ServedRequest);
    const owner = /^api\/models\/(\w+)\//.exec(path)?.[1];
    return owner === undefined
      ? answer(path.split('/')[0] ?? '', count, range, init?.signal ?? null)
      : await listOfFiles(owner);
  };
}

/** As huggingface.co lists the files of a repository; that of `lying` states the hash of another file. */
async function listOfFiles(owner: string): Promise<Response> {
  const file = servedFile();
  const stated = owner === 'lying' ? file.slice(1) : file;
  const lfs = { oid: await sha256Hex(stated), size: file.length, pointerSize: 134 };
  const entry = { type: 'file', oid: 'ba5d1979', size: file.length, lfs, path: 'small.pth' };
  return owner === 'honest' || owner === 'lying'
    ? Response.json([entry])
    : new Response('gone', { status: 404 });
}

function answer(how: string, count: number, range: string | null, signal: AbortSignal | null): Response {
  const file = servedFile();
  switch (how) {
    case 'whole':
    case 'honest':
    case 'lying':
      return part(file, 0, file.length, { signal });
    case 'breaks':
      return part(file, startOf(range), startOf(range) + BREAKS_AFTER, { signal });
    case 'norange':
      return part(file, 0, count === 1 ? BREAKS_AFTER : file.length, { signal });
    case 'changes':
      return part(file, startOf(range), count === 1 ? BREAKS_AFTER : file.length, {
        signal,
        etag: `"${count}"`,
      });
    case 'stalls':
      return count === 1
        ? part(file, 0, BREAKS_AFTER, { signal, end: 'stall' })
        : part(file, startOf(range), file.length, { signal });
    case 'long':
      return part(file, 0, file.length, { signal, announced: file.length - 100 });
    case 'page':
      return new Response('<html>', { headers: { 'content-type': 'text/html' } });
    case 'other':
      return part(writePytorchZip({ w: floatTensor([1], Float32Array.of(1)) }), 0, Infinity, { signal });
    default:
      return new Response('gone', { status: 404 });
  }
}

function startOf(range: string | null): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
}

type PartOptions = {
  readonly signal: AbortSignal | null;
  readonly etag?: string;
  readonly end?: 'stall';
  readonly announced?: number;
};

/** Bytes `start` to `end`; what is cut short ends in a network error, or never. */
function part(
  file: Uint8Array<ArrayBuffer>,
  start: number,
  end: number,
  { signal, etag = '"1"', end: last, announced = file.length }: PartOptions,
): Response {
  let at = start;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true });
      },
      pull(controller) {
        const stop = Math.min(end, file.length);
        if (at < stop) {
          const piece = file.slice(at, Math.min(at + 20_000, stop));
          at += piece.length;
          controller.enqueue(piece);
        } else if (at === file.length) {
          controller.close();
        } else if (last !== 'stall') {
          controller.error(new TypeError('network error'));
        }
      },
    },
    { highWaterMark: 0 },
  );
  const headers: Record<string, string> = { etag, 'content-length': String(announced - start) };
  if (start > 0) {
    headers['content-range'] = `bytes ${start}-${file.length - 1}/${file.length}`;
  }
  return new Response(body, { status: start > 0 ? 206 : 200, headers });
}
