/** Fetches a model's files, checks them by hash, and keeps them for the next visit. */
import { messageOf, UserFacingError } from '../../core/base/errors';
import type { LoadProgress } from '../../core/segment/segmentation';
import { parseModelManifest, type ModelGraph, type ModelManifest } from './modelManifest';

export type ModelFiles = {
  readonly manifest: ModelManifest;
  readonly encoder: Uint8Array<ArrayBuffer>;
  readonly decoder: Uint8Array<ArrayBuffer>;
};

const CACHE_NAME = 'maskflow-models';

/**
 * Loads model.json and both graphs from the folder at `modelUrl` (ends in `/`). Rejects with a UserFacingError
 * (`model-missing`, `model-corrupt`) that names the file.
 */
export async function loadModelFiles(
  modelUrl: string,
  onProgress: (progress: LoadProgress) => void,
): Promise<ModelFiles> {
  const manifest = await loadManifest(new URL('model.json', modelUrl).href);
  const totalBytes = manifest.encoder.sizeBytes + manifest.decoder.sizeBytes;
  let doneBytes = 0;
  const count = (bytes: number): void => {
    doneBytes += bytes;
    onProgress({
      phase: `Loading ${manifest.name} (${toMegabytes(doneBytes)} of ${toMegabytes(totalBytes)} MB)`,
      fraction: Math.min(1, doneBytes / totalBytes),
    });
  };
  const encoder = await loadGraph(manifest.encoder, modelUrl, count);
  const decoder = await loadGraph(manifest.decoder, modelUrl, count);
  return { manifest, encoder, decoder };
}

function toMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

async function loadManifest(url: string): Promise<ModelManifest> {
  const response = await fetchFile(url, 'model.json', 'no-cache');
  try {
    return parseModelManifest(await response.json());
  } catch (error) {
    throw corrupt('model.json', error);
  }
}

async function loadGraph(
  graph: ModelGraph,
  modelUrl: string,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = new URL(graph.file, modelUrl).href;
  const kept = await readKept(url, graph);
  if (kept) {
    count(kept.length);
    return kept;
  }
  const response = await fetchFile(url, graph.file, 'default');
  const bytes = await readBytes(response, graph, count);
  if ((await sha256Hex(bytes)) !== graph.sha256) {
    throw corrupt(graph.file, new Error('its SHA-256 is not the one in model.json'));
  }
  await keep(url, graph, bytes);
  return bytes;
}

async function fetchFile(url: string, name: string, cache: RequestCache): Promise<Response> {
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

/** Reads into one buffer of the size that the manifest promises. */
async function readBytes(
  response: Response,
  graph: ModelGraph,
  count: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(graph.sizeBytes);
  let position = 0;
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      if (position + part.value.length > bytes.length) {
        throw new Error('it is longer than model.json says');
      }
      bytes.set(part.value, position);
      position += part.value.length;
      count(part.value.length);
    }
  } catch (error) {
    throw corrupt(graph.file, error);
  }
  if (position !== bytes.length) {
    throw corrupt(graph.file, new Error(`it has ${position} bytes instead of ${bytes.length}`));
  }
  return bytes;
}

export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The hash is part of the key, so that a new version of a file never meets the old one. */
function cacheKey(url: string, graph: ModelGraph): string {
  return `${url}?sha256=${graph.sha256}`;
}

async function readKept(url: string, graph: ModelGraph): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const response = await (await caches.open(CACHE_NAME)).match(cacheKey(url, graph));
    const bytes = response ? new Uint8Array(await response.arrayBuffer()) : null;
    return bytes && (await sha256Hex(bytes)) === graph.sha256 ? bytes : null;
  } catch {
    // Private windows and realms without a cache: the network serves as well.
    return null;
  }
}

async function keep(url: string, graph: ModelGraph, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
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

function corrupt(name: string, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'model-corrupt',
      what: `The model file ${name} is damaged: ${messageOf(cause)}.`,
      safe: 'It was not used, and footage can be opened and looked at without it.',
      todo: 'Delete the folder public/models and run "npm start" again, then load the model again.',
    },
    { cause },
  );
}
