/** Where converted pictures lie: a file of the browser's private file system, or memory where there is none. */

import type { SyncAccessHandle } from '../../core/base/syncAccessHandle';

/** Append-only bytes; pictures are read back as slices. */
export interface FrameStore extends AsyncDisposable {
  /** Appends a piece at the end. Throws a QuotaExceededError when the disk is full. */
  append(piece: Uint8Array<ArrayBuffer>): void;
  read(start: number, end: number): Blob;
}

type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccessHandle> };

const FOLDER = 'converted-footage';
/** Once per worker: a second sweep could meet a file that this worker has created and not yet locked. */
let sweep: Promise<void> | null = null;

/** In a dedicated worker only: other realms have no synchronous file access. */
export async function createFrameStore(): Promise<FrameStore> {
  try {
    return await OpfsFrameStore.create();
  } catch {
    // Private windows of some browsers have no such file system.
    return new MemoryFrameStore();
  }
}

class OpfsFrameStore implements FrameStore {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #name: string;
  readonly #handle: SyncAccessHandle;
  #sizeBytes = 0;

  private constructor(folder: FileSystemDirectoryHandle, name: string, handle: SyncAccessHandle) {
    this.#folder = folder;
    this.#name = name;
    this.#handle = handle;
  }

  static async create(): Promise<OpfsFrameStore> {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    sweep ??= removeAbandoned(folder);
    await sweep;
    const name = `${crypto.randomUUID()}.mjpeg`;
    const file = (await folder.getFileHandle(name, { create: true })) as SyncFileHandle;
    return new OpfsFrameStore(folder, name, await file.createSyncAccessHandle());
  }

  append(piece: Uint8Array<ArrayBuffer>): void {
    let written = 0;
    while (written < piece.length) {
      const count = this.#handle.write(piece.subarray(written), { at: this.#sizeBytes + written });
      // Chromium answers a full disk with a negative number turned unsigned: more than was asked for.
      if (count === 0 || count > piece.length - written) {
        throw new DOMException('the file system takes no more bytes', 'QuotaExceededError');
      }
      written += count;
    }
    this.#sizeBytes += written;
  }

  read(start: number, end: number): Blob {
    const bytes = new Uint8Array(end - start);
    this.#handle.read(bytes, { at: start });
    return new Blob([bytes], { type: 'image/jpeg' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#handle.close();
    await this.#folder.removeEntry(this.#name);
  }
}

/** Deletes what a crashed tab left behind; a file in use is locked by its open handle and stays. */
async function removeAbandoned(folder: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of folder.keys()) {
    names.push(name);
  }
  await Promise.allSettled(names.map((name) => folder.removeEntry(name)));
}

/** Pieces stay apart as Blobs, which browsers may move to disk on their own. */
class MemoryFrameStore implements FrameStore {
  readonly #pieces: { readonly start: number; readonly blob: Blob }[] = [];
  #sizeBytes = 0;

  append(piece: Uint8Array<ArrayBuffer>): void {
    this.#pieces.push({ start: this.#sizeBytes, blob: new Blob([piece]) });
    this.#sizeBytes += piece.length;
  }

  read(start: number, end: number): Blob {
    const parts = this.#pieces.flatMap((piece) => {
      const from = Math.max(0, start - piece.start);
      const to = Math.min(piece.blob.size, end - piece.start);
      return from < to ? [piece.blob.slice(from, to)] : [];
    });
    return new Blob(parts, { type: 'image/jpeg' });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#pieces.length = 0;
  }
}
