/** A disk that becomes full: Chromium then answers with a negative number turned unsigned. */

type Handle = { write(bytes: Uint8Array, options: { at: number }): number };

const { prototype } = (globalThis as unknown as { FileSystemSyncAccessHandle: { prototype: Handle } })
  .FileSystemSyncAccessHandle;
const write = prototype.write;

prototype.write = function (this: Handle, bytes, options) {
  return options.at >= 64 ? 4294967288 : write.call(this, bytes, options);
};

/** So that this is a module. */
export const isFull = true;
