/** Files in the browser's private file system, under one folder of ours. */
import type { SyncAccessHandle } from '../../core/base/syncAccessHandle';
import { quotaExceeded, type FileStore, type StoredFile } from './storedFile';

const ROOT = 'maskflow-projects';

/** A worker that was ended lets go of its files a little later. */
const LOCKED_RETRIES = 40;
const LOCKED_WAIT_MS = 100;

type FullAccess = SyncAccessHandle & { truncate(size: number): void; getSize(): number };
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<FullAccess> };

function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

function isLocked(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NoModificationAllowedError';
}

function openedFile(access: FullAccess): StoredFile {
  return {
    size: () => access.getSize(),
    read: (at, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, access.getSize() - at)));
      const got = access.read(bytes, { at });
      return got === bytes.length ? bytes : bytes.slice(0, got);
    },
    write: (at, bytes) => {
      // Chromium answers a full disk with a negative number turned unsigned: more than was asked for.
      if (access.write(bytes, { at }) !== bytes.length) {
        throw quotaExceeded();
      }
    },
    truncate: (size) => access.truncate(size),
    flush: () => access.flush(),
    close: () => access.close(),
  };
}

async function lockedAccess(handle: SyncFileHandle): Promise<FullAccess> {
  for (let left = LOCKED_RETRIES; ; left -= 1) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      if (!isLocked(error) || left === 0) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOCKED_WAIT_MS));
    }
  }
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isNotFound(error)) {
      return null;
    }
    throw error;
  }
}

/** Rejects where the browser gives no private file system, or none that files can be locked in. */
export async function opfsFiles(): Promise<FileStore> {
  const origin = await navigator.storage.getDirectory();
  const root = await origin.getDirectoryHandle(ROOT, { create: true });
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) {
    throw new Error('files cannot be written in place');
  }
  const folderOf = (name: string): Promise<FileSystemDirectoryHandle | null> =>
    orNull(root.getDirectoryHandle(name));
  return {
    kind: 'disk',
    open: async (folder, name) => {
      const directory = await root.getDirectoryHandle(folder, { create: true });
      const handle = (await directory.getFileHandle(name, { create: true })) as SyncFileHandle;
      return openedFile(await lockedAccess(handle));
    },
    snapshot: async (folder, name) => {
      const directory = await folderOf(folder);
      const handle = directory && (await orNull(directory.getFileHandle(name)));
      return handle ? await handle.getFile() : null;
    },
    names: async (folder) => {
      const directory = await folderOf(folder);
      return directory ? await Array.fromAsync(directory.keys()) : [];
    },
    folders: () => Array.fromAsync(root.keys()),
    removeFile: async (folder, name) => {
      const directory = await folderOf(folder);
      await (directory && orNull(directory.removeEntry(name)));
    },
    removeFolder: async (folder) => void (await orNull(root.removeEntry(folder, { recursive: true }))),
  };
}
