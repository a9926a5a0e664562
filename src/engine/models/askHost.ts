/** Asks a host how long a file is and which hash it has, before anything of it is downloaded. */
import * as v from 'valibot';
import { cancelledError, messageOf, UserFacingError } from '../../core/base/errors';
import type { HostStatement } from '../../core/models/hostStatement';
import { hostNotReached } from './hostNotReached';

/** A host that says nothing for so long is taken to be silent. */
const TIME_OUT_MS = 15_000;

const Size = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** An entry of Hugging Face's list of files; `lfs.oid` is the SHA-256 of files that are stored apart from git. */
const Entry = v.object({
  type: v.picklist(['file', 'directory', 'unknown']),
  path: v.string(),
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  lfs: v.optional(v.object({ oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), size: Size })),
});

const Tree = v.pipe(v.array(Entry), v.maxLength(1000));

type AskOptions = {
  readonly signal?: AbortSignal;
  readonly timeOutMs?: number;
  /** Whether what comes can be held against a hash that is known here. */
  readonly isHashKnown?: boolean;
};

/**
 * Hugging Face and its mirrors (`<owner>/<repository>/resolve/<revision>/<path>`) say size and SHA-256 in their list of
 * files (https://huggingface.co/docs/hub/api); other hosts say the size in answer to HEAD. Rejects with a UserFacingError:
 * `checkpoint-download` where the host cannot be reached, does not have the file, or answers something else; `cancelled`.
 */
export async function askHost(url: string, options: AskOptions = {}): Promise<HostStatement> {
  const { host } = new URL(url);
  const place = placeInRepository(url);
  try {
    return place ? await askRepository(host, place, options) : await askHead(host, url, options);
  } catch (error) {
    if (options.signal?.aborted) {
      throw cancelledError();
    }
    throw notTold(host, options.isHashKnown ?? false, error);
  }
}

type Place = { readonly listUrl: string; readonly path: string };

/** Null for addresses of another form. */
function placeInRepository(url: string): Place | null {
  const { origin, pathname } = new URL(url);
  const parts = /^\/([\w.-]+\/[\w.-]+)\/resolve\/([^/]+)\/(.+)$/.exec(pathname);
  if (!parts) {
    return null;
  }
  const [, repository = '', revision = '', path = ''] = parts;
  const folder = path.includes('/') ? `/${path.slice(0, path.lastIndexOf('/'))}` : '';
  return {
    listUrl: `${origin}/api/models/${repository}/tree/${revision}${folder}`,
    path: decodeURIComponent(path),
  };
}

async function askRepository(
  host: string,
  { listUrl, path }: Place,
  options: AskOptions,
): Promise<HostStatement> {
  const response = await request(listUrl, 'GET', options);
  const result = v.safeParse(Tree, jsonOf(await response.text()));
  if (!result.success) {
    throw new Error('its list of files is not of the form that is known here');
  }
  const entry = result.output.find(({ type, path: found }) => type === 'file' && found === path);
  if (!entry) {
    throw new Error(`it has no file ${path} there`);
  }
  if (entry.lfs && entry.lfs.size !== entry.size) {
    throw new Error(`it states two sizes of ${path}`);
  }
  return { host, sizeBytes: entry.size, sha256: entry.lfs?.oid ?? null };
}

/** Undefined for text that is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function askHead(host: string, url: string, options: AskOptions): Promise<HostStatement> {
  const { headers } = await request(url, 'HEAD', options);
  if (headers.get('content-type')?.includes('text/html')) {
    throw new Error('the address leads to a web page');
  }
  // The length of what is packed on the way says nothing.
  const length = headers.get('content-encoding') === null ? Number(headers.get('content-length')) : 0;
  return { host, sizeBytes: Number.isSafeInteger(length) && length > 0 ? length : null, sha256: null };
}

async function request(
  url: string,
  method: 'GET' | 'HEAD',
  { signal, timeOutMs = TIME_OUT_MS }: AskOptions,
): Promise<Response> {
  const timeOut = AbortSignal.timeout(timeOutMs);
  const response = await fetch(url, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal: signal ? AbortSignal.any([signal, timeOut]) : timeOut,
  });
  if (!response.ok) {
    throw new Error(`the server answers ${response.status}`);
  }
  return response;
}

function notTold(host: string, isHashKnown: boolean, cause: unknown): UserFacingError {
  return new UserFacingError(
    {
      code: 'checkpoint-download',
      what: `${host} did not tell size and hash of the file: ${reasonOf(cause)}.`,
      safe: 'Nothing was downloaded.',
      todo: isHashKnown
        ? 'Ask again, or download without being told: the hash is known here, and what comes is held against it.'
        : 'Ask again, or download without knowing them: the hash of what comes is noted all the same.',
    },
    { cause },
  );
}

function reasonOf(cause: unknown): string {
  if (cause instanceof DOMException && cause.name === 'TimeoutError') {
    return 'no answer came in time';
  }
  // What `fetch` throws where there is no answer, or none that this page may read.
  return cause instanceof TypeError ? hostNotReached('it') : messageOf(cause);
}
