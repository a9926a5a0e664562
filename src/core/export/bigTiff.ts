/** When a stack of label maps is too large for a plain TIFF. */

/** Offsets of a plain TIFF have 32 bits; above this a BigTIFF is written. Directories and deflation need some room. */
const MAX_PLAIN_BYTES = 3.9e9;

/** Whether label maps of so many bytes, not packed, are written as BigTIFF. */
export function isBigTiff(bytes: number): boolean {
  return bytes > MAX_PLAIN_BYTES;
}
