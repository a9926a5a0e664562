/** Reading a file of any size in pieces, without knowing where it lies. */

type ByteRange = { readonly offset: number; readonly lengthBytes: number };

/** Yields what it needs next, is given exactly these bytes, and returns what it read. */
export type ReadPlan<T> = Generator<ByteRange, T, Uint8Array>;
