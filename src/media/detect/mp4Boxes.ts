/** Whether an MP4 or MOV file is complete, told from its top-level boxes without reading their contents. */

export type Mp4Completeness =
  | { readonly kind: 'complete' }
  | { readonly kind: 'no-index' }
  | { readonly kind: 'cut'; readonly missingBytes: number };

/** Fragmented files hold two boxes per fragment; beyond this many the walk stops and trusts the rest. */
const MAX_BOXES = 20_000;
const HEADER_BYTES = 16;

/**
 * `readAt(offset, length)` gives up to `length` bytes. ISO/IEC 14496-12, 4.2: a box is a 32-bit size and a type, size 1
 * means a 64-bit size follows, size 0 means to the end of the file. `moov` holds the index without which nothing plays.
 */
export async function inspectMp4(
  sizeBytes: number,
  readAt: (offset: number, length: number) => Promise<Uint8Array>,
): Promise<Mp4Completeness> {
  let offset = 0;
  let hasIndex = false;
  for (let count = 0; count < MAX_BOXES && offset + 8 <= sizeBytes; count += 1) {
    const header = await readAt(offset, HEADER_BYTES);
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const type = String.fromCharCode(...header.subarray(4, 8));
    if (!/^[\x20-\x7e\xa9]{4}$/.test(type)) {
      // Padding or foreign bytes after the last box: players ignore them, so do we.
      break;
    }
    let boxBytes = view.getUint32(0);
    if (boxBytes === 1 && header.length === HEADER_BYTES) {
      boxBytes = Number(view.getBigUint64(8));
    }
    const end = boxBytes === 0 ? sizeBytes : offset + boxBytes;
    if (end > sizeBytes) {
      return hasIndex || type === 'moov'
        ? { kind: 'cut', missingBytes: end - sizeBytes }
        : { kind: 'no-index' };
    }
    if (end <= offset) {
      break;
    }
    hasIndex ||= type === 'moov';
    offset = end;
  }
  return hasIndex ? { kind: 'complete' } : { kind: 'no-index' };
}
