/** Reads parts of a file, wherever it lies. */

export type ByteSource = {
  /** For messages. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Exactly these bytes, in a buffer of the caller's own. Rejects when they cannot be had. */
  read(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>>;
};

/** A file that the user chose, or one of the browser's own. */
export function blobSource(blob: Blob, name = blob instanceof File ? blob.name : 'the file'): ByteSource {
  return {
    name,
    sizeBytes: blob.size,
    read: async (offset, lengthBytes) => {
      checkRange(name, blob.size, offset, lengthBytes);
      return new Uint8Array(await blob.slice(offset, offset + lengthBytes).arrayBuffer());
    },
  };
}

export function bytesSource(bytes: Uint8Array, name = 'the file'): ByteSource {
  return {
    name,
    sizeBytes: bytes.length,
    read: async (offset, lengthBytes) => {
      checkRange(name, bytes.length, offset, lengthBytes);
      // Node's Buffer would share its memory with a slice.
      return new Uint8Array(bytes.subarray(offset, offset + lengthBytes));
    },
  };
}

/** Throws an Error unless the range lies in the file. */
export function checkRange(name: string, sizeBytes: number, offset: number, lengthBytes: number): void {
  const isRange =
    Number.isSafeInteger(offset) && Number.isSafeInteger(lengthBytes) && offset >= 0 && lengthBytes >= 0;
  if (!isRange || offset + lengthBytes > sizeBytes) {
    throw new Error(`${name} has no bytes ${offset} to ${offset + lengthBytes}: it ends at ${sizeBytes}`);
  }
}
