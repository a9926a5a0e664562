/** Files in memory, for windows in which the browser gives no room on the disk. They last as long as the worker. */
import type { FileStore, StoredFile } from './storedFile';

class MemoryFile implements StoredFile {
  #bytes = new Uint8Array(0);
  #size = 0;

  size(): number {
    return this.#size;
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(at, Math.min(at + length, this.#size));
  }

  write(at: number, bytes: Uint8Array): void {
    const end = at + bytes.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes, at);
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    this.#bytes.fill(0, size);
    this.#size = size;
  }

  flush(): void {
    // Memory is where it stays.
  }

  close(): void {
    // The bytes stay for the next opening.
  }
}

export function memoryFiles(): FileStore {
  const folders = new Map<string, Map<string, MemoryFile>>();
  return {
    kind: 'memory',
    open: async (folder, name) => {
      const files = folders.get(folder) ?? new Map<string, MemoryFile>();
      folders.set(folder, files);
      const file = files.get(name) ?? new MemoryFile();
      files.set(name, file);
      return file;
    },
    snapshot: async (folder, name) => {
      const file = folders.get(folder)?.get(name);
      return file ? new File([file.read(0, file.size())], name) : null;
    },
    names: async (folder) => [...(folders.get(folder)?.keys() ?? [])],
    folders: async () => [...folders.keys()],
    removeFile: async (folder, name) => void folders.get(folder)?.delete(name),
    removeFolder: async (folder) => void folders.delete(folder),
  };
}
