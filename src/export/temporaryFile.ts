/** Temporary files for finished exports, in the browser's private storage, so that a large ZIP never lies in memory. */
import type { UserFacingError } from '../core/base/errors';
import type { SyncAccessHandle } from '../core/base/syncAccessHandle';
import { writeFailed } from './exportErrors';
import { streamPieces } from './streamPieces';

const FOLDER = 'maskflow-exports';
/** Files of another tab may be on their way to the user; older ones were left by a tab that was closed. */
const STALE_AFTER_MS = 24 * 60 * 60 * 1000;

type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

const ownNames = new Set<string>();

async function openFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return await root.getDirectoryHandle(FOLDER, { create: true });
}

export type TemporaryFile = {
  readonly handle: SyncFileHandle;
  readonly access: SyncAccessHandle;
  /** Deletes it; its access must be closed. */
  readonly remove: () => Promise<void>;
};

/** Null where the browser gives no private storage (private windows of some browsers). Runs in a dedicated worker. */
export async function createTemporaryFile(): Promise<TemporaryFile | null> {
  const name = `${crypto.randomUUID()}.part`;
  try {
    const folder = await openFolder();
    const handle = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
    const access = await handle.createSyncAccessHandle();
    ownNames.add(name);
    const remove = async (): Promise<void> => {
      await folder.removeEntry(name).catch(() => undefined);
      ownNames.delete(name);
    };
    return { handle, access, remove };
  } catch {
    return null;
  }
}

async function writeToStorage(
  stream: ReadableStream<Uint8Array>,
  { handle, access }: TemporaryFile,
  toUserError: (cause: unknown) => UserFacingError,
): Promise<Blob> {
  let position = 0;
  try {
    for await (const bytes of streamPieces(stream)) {
      try {
        const written = access.write(bytes, { at: position });
        // Chromium answers a full disk with a negative number turned unsigned: more than was asked for.
        if (written !== bytes.length) {
          throw new DOMException('The storage took only part of the bytes.', 'QuotaExceededError');
        }
        position += written;
      } catch (error) {
        throw toUserError(error);
      }
    }
    access.flush();
  } finally {
    access.close();
  }
  return await handle.getFile();
}

async function collect(stream: ReadableStream<Uint8Array>, type: string): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const bytes of streamPieces(stream)) {
    chunks.push(new Uint8Array(bytes));
  }
  return new Blob(chunks, { type });
}

/**
 * Writes `stream` to a temporary file and returns it, backed by the disk; in memory where the browser has no private
 * storage. `userName` is what errors call it. After an error or cancel nothing is left. Runs in a dedicated worker.
 */
export async function writeTemporaryFile(
  stream: ReadableStream<Uint8Array>,
  userName: string,
  type: string,
): Promise<Blob> {
  const file = await createTemporaryFile();
  if (!file) {
    return await collect(stream, type);
  }
  try {
    const safe = 'No unfinished file is left, and your masks are untouched.';
    const written = await writeToStorage(stream, file, (cause) => writeFailed(userName, safe, cause));
    // A slice is still backed by the disk; it only adds the type.
    return written.slice(0, written.size, type);
  } catch (error) {
    await file.remove();
    throw error;
  }
}

/** Deletes this worker's temporary files, and those that were left behind long ago. */
export async function deleteTemporaryFiles(): Promise<void> {
  const folder = await openFolder().catch(() => null);
  if (!folder) {
    return;
  }
  const names: string[] = [];
  for await (const handle of folder.values()) {
    if (handle.kind === 'file') {
      const isStale = Date.now() - (await handle.getFile()).lastModified > STALE_AFTER_MS;
      if (ownNames.has(handle.name) || isStale) {
        names.push(handle.name);
      }
    }
  }
  for (const name of names) {
    // A file that is being written is locked: it stays until the next time.
    await folder.removeEntry(name).catch(() => undefined);
    ownNames.delete(name);
  }
}
