/** Folders of weights in the browser's private file system, written in place by a worker. */
import type { SyncAccessHandle } from '../../core/base/syncAccessHandle';

const ROOT = 'maskflow-models';

/** A worker that was ended lets go of its files a little later. */
const LOCKED_RETRIES = 40;
const LOCKED_WAIT_MS = 100;

type FullAccess = SyncAccessHandle & { truncate(size: number): void; getSize(): number };
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<FullAccess> };

export type OpfsFolder = FileSystemDirectoryHandle;

/** A file that is open for writing, locked against all others. */
export type WrittenFile = {
  readonly sizeBytes: number;
  /** All of `bytes`; throws a `QuotaExceededError` when the disk is full. */
  write(at: number, bytes: Uint8Array): void;
  truncate(sizeBytes: number): void;
  /** What was written is on the disk afterwards. */
  close(): void;
};

/** The folder of everything; null where the browser gives no private file system, as in some private windows. */
export async function openRoot(): Promise<OpfsFolder | null> {
  try {
    const origin = await navigator.storage.getDirectory();
    return await origin.getDirectoryHandle(ROOT, { create: true });
  } catch {
    return null;
  }
}

export async function foldersOf(root: OpfsFolder): Promise<{ name: string; folder: OpfsFolder }[]> {
  const found: { name: string; folder: OpfsFolder }[] = [];
  for await (const [name, handle] of root.entries()) {
    if (handle.kind === 'directory') {
      found.push({ name, folder: handle as OpfsFolder });
    }
  }
  return found;
}

/** Null when there is none. */
export async function readFileOf(folder: OpfsFolder, name: string): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(name)).getFile();
  } catch (error) {
    if (isNotFound(error)) {
      return null;
    }
    throw error;
  }
}

export async function openForWriting(folder: OpfsFolder, name: string): Promise<WrittenFile> {
  const handle = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
  const access = await lockedAccess(handle);
  return {
    get sizeBytes() {
      return access.getSize();
    },
    write: (at, bytes) => {
      // Chromium answers a full disk with a negative number turned unsigned: more than was asked for.
      if (access.write(bytes, { at }) !== bytes.length) {
        throw new DOMException('The storage took only part of the bytes.', 'QuotaExceededError');
      }
    },
    truncate: (sizeBytes) => access.truncate(sizeBytes),
    close: () => {
      access.flush();
      access.close();
    },
  };
}

async function lockedAccess(handle: SyncFileHandle): Promise<FullAccess> {
  for (let left = LOCKED_RETRIES; ; left -= 1) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      const isLocked = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isLocked || left === 0) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOCKED_WAIT_MS));
    }
  }
}

export async function writeText(folder: OpfsFolder, name: string, text: string): Promise<void> {
  const file = await openForWriting(folder, name);
  try {
    file.truncate(0);
    file.write(0, new TextEncoder().encode(text));
  } finally {
    file.close();
  }
}

/** Does nothing when there is none. */
export async function removeEntry(folder: OpfsFolder, name: string): Promise<void> {
  try {
    await folder.removeEntry(name, { recursive: true });
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}
