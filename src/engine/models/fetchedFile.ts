/** Fetches the files of models, checks them by hash, and keeps them for the next visit. */
import { messageOf, UserFacingError } from '../../core/base/errors';

export type CheckedFile = {
  readonly file: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
};

const CACHE_NAME = 'maskflow-models';

/**
 * Fetches a file from the folder at `folderUrl` (ends in `/`), or takes the copy of an earlier visit. `count` is told of
 * bytes as they come; `advice` is what the user can do about a damaged file. Rejects with a UserFacingError
 * (`model-missing`, `model-corrupt`) that names the file.
 */
export async function fetchChecked(
  graph: CheckedFile,
  folderUrl: string,
  advice: string,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(graph.file, folderUrl).href;
  const kept = await readKept(url, graph);
  if (kept) {
    count(kept.length);
    return kept;
  }
  const response = await fetchFile(url, graph.file, 'default');
  const bytes = await readBytes(response, graph, advice, count);
  if ((await sha256Hex(bytes)) !== graph.sha256) {
    throw damagedFile(graph.file, advice, new Error('its SHA-256 is not the one that it should have'));
  }
  await keep(url, graph, bytes);
  return bytes;
}

/** Rejects with a UserFacingError `model-missing` that names the file. */
export async function fetchFile(url: string, name: string, cache: RequestCache): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { cache });
  } catch (error) {
    throw missing(name, error);
  }
  // A development server answers a missing file with its index page.
  const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
  if (!response.ok || isPage) {
    throw missing(name, new Error(`HTTP ${response.status}${isPage ? ', a web page' : ''}`));
  }
  return response;
}

/** Reads into one buffer of the size that the file should have. */
async function readBytes(
  response: Response,
  graph: CheckedFile,
  advice: string,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(graph.sizeBytes);
  let position = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      if (position + part.value.length > bytes.length) {
        throw new Error('it is longer than it should be');
      }
      bytes.set(part.value, position);
      position += part.value.length;
      count(part.value.length);
    }
  } catch (error) {
    throw damagedFile(graph.file, advice, error);
  }
  if (position !== bytes.length) {
    throw damagedFile(graph.file, advice, new Error(`it has ${position} bytes instead of ${bytes.length}`));
  }
  return bytes;
}

export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash is part of the key, so that a new version of a file never meets the old one. */
function cacheKey(url: string, graph: CheckedFile): string {
  return `${url}?sha256=${graph.sha256}`;
}

async function readKept(url: string, graph: CheckedFile): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const response = await (await caches.open(CACHE_NAME)).match(cacheKey(url, graph));
    const bytes = response ? new Uint8Array(await response.arrayBuffer()) : null;
    return bytes && (await sha256Hex(bytes)) === graph.sha256 ? bytes : null;
  } catch {
    // Private windows and realms without a cache: the network serves as well.
    return null;
  }
}

async function keep(url: string, graph: CheckedFile, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await (await caches.open(CACHE_NAME)).put(cacheKey(url, graph), new Response(bytes));
  } catch {
    // No room, or no cache: the next visit fetches again.
  }
}

function missing(name: string, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'model-missing',
      what: `The model file ${name} could not be fetched (${messageOf(cause)}).`,
      safe: 'Footage can be opened and looked at without it.',
      todo: 'Check that the server still runs, then load the model again; a fresh "npm start" puts the file back.',
    },
    { cause },
  );
}

export function damagedFile(name: string, advice: string, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'model-corrupt',
      what: `The model file ${name} is damaged: ${messageOf(cause)}.`,
      safe: 'It was not used, and footage can be opened and looked at without it.',
      todo: advice,
    },
    { cause },
  );
}
