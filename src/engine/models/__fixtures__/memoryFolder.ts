/** A folder of the browser's private file system that lies in memory, for tests outside a browser. */
import type { OpfsFolder } from '../opfsFolder';

export function memoryFolder(): {
  readonly folder: OpfsFolder;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
} {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const resized = (name: string, sizeBytes: number): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(sizeBytes);
    bytes.set((files.get(name) ?? bytes).subarray(0, sizeBytes));
    files.set(name, bytes);
    return bytes;
  };
  const access = (name: string) => ({
    getSize: () => files.get(name)!.length,
    truncate: (sizeBytes: number) => void resized(name, sizeBytes),
    write: (bytes: Uint8Array, { at }: { at: number }) => {
      resized(name, Math.max(files.get(name)!.length, at + bytes.length)).set(bytes, at);
      return bytes.length;
    },
    flush: () => undefined,
    close: () => undefined,
  });
  const folder = {
    getFileHandle: async (name: string, { create = false } = {}) => {
      if (!files.has(name) && !create) {
        throw new DOMException('There is no such file.', 'NotFoundError');
      }
      resized(name, files.get(name)?.length ?? 0);
      return {
        getFile: async () => new File([files.get(name)!], name),
        createSyncAccessHandle: async () => access(name),
      };
    },
    removeEntry: async (name: string) => void files.delete(name),
  };
  return { folder: folder as unknown as OpfsFolder, files };
}
