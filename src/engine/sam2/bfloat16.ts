/** Rounding to bfloat16, in which SAM 2.1 keeps its memory. */

/** Rounds in place, ties to even, to the 8 significant bits of bfloat16; the values stay float32. */
export function roundToBfloat16(values: Float32Array): void {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let index = 0; index < bits.length; index += 1) {
    const value = bits[index]!;
    // Half of the last kept bit, less one unless that bit is set: a tie goes to even. No NaNs reach this.
    bits[index] = (value + 0x7fff + ((value >>> 16) & 1)) & 0xffff0000;
  }
}
