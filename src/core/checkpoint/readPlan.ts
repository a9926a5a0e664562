/** Reading a file of any size in pieces, without knowing where it lies. */

export type ByteRange = { readonly offset: number; readonly lengthBytes: number };

/** Yields what it needs next, is given exactly these bytes, and returns what it read. */
export type ReadPlan<T> = Generator<ByteRange, T, Uint8Array>;

/** Runs a plan over bytes in memory. Throws a RangeError for bytes that are not there. */
export function runReadPlan<T>(plan: ReadPlan<T>, bytes: Uint8Array): T {
  let step = plan.next();
  while (!step.done) {
    const { offset, lengthBytes } = step.value;
    if (offset < 0 || lengthBytes < 0 || offset + lengthBytes > bytes.length) {
      throw new RangeError(`no bytes ${offset} to ${offset + lengthBytes}`);
    }
    step = plan.next(bytes.subarray(offset, offset + lengthBytes));
  }
  return step.value;
}
