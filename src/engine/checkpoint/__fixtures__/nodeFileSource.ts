/** A checkpoint on the disk, for tests and benchmarks in Node. */
/// <reference types="node" />
import { open } from 'node:fs/promises';
import path from 'node:path';
import { checkRange, type ByteSource } from '../byteSource';

export async function nodeFileSource(file: string): Promise<ByteSource & AsyncDisposable> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const name = path.basename(file);
  return {
    name,
    sizeBytes: size,
    read: async (offset, lengthBytes) => {
      checkRange(name, size, offset, lengthBytes);
      const bytes = new Uint8Array(lengthBytes);
      let done = 0;
      while (done < lengthBytes) {
        const { bytesRead } = await handle.read(bytes, done, lengthBytes - done, offset + done);
        if (bytesRead === 0) {
          throw new Error(`${name} became shorter while it was read`);
        }
        done += bytesRead;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
