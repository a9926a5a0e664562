/** A short name for a mask by its pixels: tells whether a mask is still the one the log speaks of. */
import type { Rle } from '../mask/rle';
import { crc32 } from '../base/crc32';

/** CRC-32 of the run lengths (little-endian 32-bit numbers), as an unsigned number. Equal masks have equal hashes. */
export function maskHash({ counts }: Rle): number {
  return crc32(new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength));
}
