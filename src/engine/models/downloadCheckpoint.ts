/** Downloads an official file into the browser's private file system, and goes on where a connection broke. */
import * as v from 'valibot';
import { cancelledError, messageOf, UserFacingError } from '../../core/base/errors';
import { bytesText } from '../../core/base/numberText';
import type { ModelId } from '../../core/models/shelf';
import { throwIfCancelled } from '../checkpoint/runPlan';
import { hostNotReached } from './hostNotReached';
import {
  openForWriting,
  readFileOf,
  removeEntry,
  writeText,
  type OpfsFolder,
  type WrittenFile,
} from './opfsFolder';
import { checkRoom, isQuotaExceeded } from './storageErrors';

export type DownloadTask = {
  readonly id: ModelId;
  readonly url: string;
  /** What the file is called, wherever it comes from. */
  readonly fileName: string;
  /** Null where not known. */
  readonly sizeBytes: number | null;
  /** Room that will be wanted beside the file once it is here. */
  readonly laterBytes?: number;
  /** `totalBytes` is null where the server does not say. */
  readonly onProgress: (doneBytes: number, totalBytes: number | null) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds before the first new try after a broken connection; each further wait is longer. */
  readonly retryAfterMs?: number;
};

/** New tries after a connection that broke without bringing more than was there at any time before. */
const MAX_FRUITLESS_TRIES = 4;
/** Of all, so that a server that breaks after every few bytes is not asked for ever. */
const MAX_TRIES = 100;
const RETRY_AFTER_MS = 500;

const Kept = v.object({ url: v.string(), etag: v.nullable(v.string()), totalBytes: v.nullable(v.number()) });

type Kept = v.InferOutput<typeof Kept>;

/** A connection that broke, as opposed to a server that refuses. */
class BrokenConnection extends Error {
  override name = 'BrokenConnection';
}

/** What is kept is of no use. */
class ChangedFile extends BrokenConnection {
  override name = 'ChangedFile';
}

/**
 * The whole file, on the disk. Rejects with a UserFacingError: `checkpoint-download` (what came so far is kept),
 * `storage-full` or `cancelled`.
 */
export async function downloadCheckpoint(folder: OpfsFolder, task: DownloadTask): Promise<File> {
  try {
    return await downloadAll(folder, task);
  } catch (error) {
    if ((await keptDownload(folder, task.id)) === null) {
      await forgetDownload(folder, task.id);
    }
    throw error;
  }
}

async function downloadAll(folder: OpfsFolder, task: DownloadTask): Promise<File> {
  const part = partName(task.id);
  let fruitless = 0;
  let most = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      await downloadRest(folder, task);
      const file = await readFileOf(folder, part);
      return new File([file!], task.fileName);
    } catch (error) {
      if (error instanceof ChangedFile) {
        await forgetDownload(folder, task.id);
      }
      const done = (await readFileOf(folder, part))?.size ?? 0;
      fruitless = done > most ? 0 : fruitless + 1;
      most = Math.max(most, done);
      const isWorthIt = fruitless < MAX_FRUITLESS_TRIES && tries < MAX_TRIES;
      if (!(error instanceof BrokenConnection) || !isWorthIt) {
        throw isQuotaExceeded(error) || error instanceof UserFacingError
          ? error
          : downloadFailed(task, done, error);
      }
      await waited((task.retryAfterMs ?? RETRY_AFTER_MS) * (fruitless + 1), task.signal);
    }
  }
}

/** What is kept of a file, on the disk; null where not a byte is. */
export async function keptDownload(folder: OpfsFolder, id: ModelId): Promise<File | null> {
  const file = await readFileOf(folder, partName(id));
  return file && file.size > 0 ? file : null;
}

/** Forgets the part that is kept. */
export async function forgetDownload(folder: OpfsFolder, id: ModelId): Promise<void> {
  await removeEntry(folder, partName(id));
  await removeEntry(folder, keptName(id));
}

async function downloadRest(folder: OpfsFolder, task: DownloadTask): Promise<void> {
  const kept = await readKept(folder, task);
  const file = await openForWriting(folder, partName(task.id));
  try {
    const start = kept && file.sizeBytes > 0 ? file.sizeBytes : 0;
    if (kept && kept.totalBytes !== null && start === kept.totalBytes) {
      return;
    }
    const response = await request(task, start);
    const at = await startOf(response, start, kept);
    const totalBytes = await sizeOf(response, at, kept, task);
    if (totalBytes !== null) {
      const { fileName, laterBytes = 0 } = task;
      const what = laterBytes > 0 ? `${fileName}, with the weights that are made of it,` : fileName;
      await checkRoom(what, totalBytes - at + laterBytes);
    }
    file.truncate(at);
    await writeText(folder, keptName(task.id), keptText(task.url, response, totalBytes));
    const end = await receive(response, file, at, totalBytes, task);
    if (totalBytes !== null && end !== totalBytes) {
      throw new BrokenConnection(`${end} of ${totalBytes} bytes came`);
    }
  } finally {
    file.close();
  }
}

async function request({ url, signal }: DownloadTask, start: number): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: start > 0 ? { range: `bytes=${start}-` } : {},
      signal,
    });
  } catch (error) {
    throw signal?.aborted
      ? cancelledError()
      : new BrokenConnection(hostNotReached(new URL(url).host), { cause: error });
  }
  if (response.status === 416 && start > 0) {
    throw new ChangedFile('what is kept is longer than the file');
  }
  const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
  if (!response.ok || isPage) {
    throw new Error(isPage ? 'the address leads to a web page' : `the server answers ${response.status}`);
  }
  return response;
}

/** From where on the answer fills the file: from 0 when the server sends all, or its file has changed. */
async function startOf(response: Response, start: number, kept: Kept | null): Promise<number> {
  if (response.status !== 206) {
    return 0;
  }
  const range = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '');
  const total = totalOf(response, start);
  const etag = response.headers.get('etag');
  const hasChanged =
    (kept?.etag && etag && kept.etag !== etag) ||
    (kept?.totalBytes && total !== null && kept.totalBytes !== total) ||
    (range && Number(range[1]) !== start);
  if (hasChanged) {
    await response.body?.cancel();
    throw new ChangedFile('the file on the server has changed');
  }
  return start;
}

/**
 * How long the whole file is; null where nobody knows. An official file of known size has no other one, whatever the
 * server says, and a server that sends on without saying how long the file is goes by what it said before.
 */
async function sizeOf(
  response: Response,
  at: number,
  kept: Kept | null,
  { sizeBytes }: DownloadTask,
): Promise<number | null> {
  const total = totalOf(response, at) ?? (response.status === 206 ? (kept?.totalBytes ?? null) : null);
  if (sizeBytes !== null && total !== null && total !== sizeBytes) {
    await response.body?.cancel();
    throw new Error(`the server has a file of ${total} bytes, and the official one has ${sizeBytes}`);
  }
  return sizeBytes ?? total;
}

function totalOf(response: Response, start: number): number | null {
  const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) {
    return Number(total);
  }
  const length = response.headers.get('content-length');
  // The length of what is packed on the way says nothing.
  const isPacked = response.headers.get('content-encoding') !== null;
  return length === null || isPacked ? null : start + Number(length);
}

function keptText(url: string, response: Response, totalBytes: number | null): string {
  return JSON.stringify({ url, etag: response.headers.get('etag'), totalBytes } satisfies Kept);
}

/** Returns where the file ends. */
async function receive(
  response: Response,
  file: WrittenFile,
  start: number,
  totalBytes: number | null,
  { onProgress, signal }: DownloadTask,
): Promise<number> {
  const reader = response.body!.getReader();
  let at = start;
  try {
    for (;;) {
      throwIfCancelled(signal);
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw brokenOrCancelled(error, signal);
      });
      if (done) {
        return at;
      }
      if (totalBytes !== null && at + value.length > totalBytes) {
        // Of no use to go on from.
        file.truncate(0);
        throw new Error(`more than the ${totalBytes} bytes came that were announced`);
      }
      file.write(at, value);
      at += value.length;
      onProgress(at, totalBytes);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function brokenOrCancelled(error: unknown, signal: AbortSignal | undefined): Error {
  return signal?.aborted ? cancelledError() : new BrokenConnection('the connection broke', { cause: error });
}

/** Null for the part of another file, as told by its address and its length. */
async function readKept(folder: OpfsFolder, { id, url, sizeBytes }: DownloadTask): Promise<Kept | null> {
  const file = await readFileOf(folder, keptName(id));
  try {
    const result = v.safeParse(Kept, JSON.parse(file ? await file.text() : 'null'));
    if (!result.success || result.output.url !== url) {
      return null;
    }
    const { totalBytes } = result.output;
    return sizeBytes === null || totalBytes === null || totalBytes === sizeBytes ? result.output : null;
  } catch {
    return null;
  }
}

async function waited(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
  throwIfCancelled(signal);
}

function downloadFailed({ fileName }: DownloadTask, keptBytes: number, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'checkpoint-download',
      what: `${fileName} could not be downloaded: ${messageOf(cause)}.`,
      safe:
        keptBytes > 0
          ? `What came so far is kept (${bytesText(keptBytes)}), and models that are ready stay so.`
          : 'Nothing was downloaded, and models that are ready stay so.',
      todo:
        keptBytes > 0
          ? 'Try again, and it goes on from there; or get the file in another way, and choose it here.'
          : 'Try again; or get the file in another way, and choose it here.',
    },
    { cause },
  );
}

function partName(id: ModelId): string {
  return `${id}.part`;
}

function keptName(id: ModelId): string {
  return `${id}.json`;
}
