/** How long an AVI or Matroska file says that it is; a shorter one was cut off. */

/** The EBML header before Matroska's Segment is some 40 bytes; this leaves room for long ones. */
export const CLAIM_BYTES = 256;

const SEGMENT_ID = 0x18538067;
/** Recorders that were interrupted, and files beyond 2 GiB, leave no true size in RIFF's 32 bits. */
const RIFF_LIMIT = 0x7fffffff;

/** Bytes the file should have at least; null when it does not say. `head`: its first CLAIM_BYTES bytes. */
export function claimedSize(head: Uint8Array): number | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 16) {
    return null;
  }
  const magic = view.getUint32(0);
  if (magic === 0x52494646) {
    const bytes = view.getUint32(4, true);
    return bytes > 0 && bytes < RIFF_LIMIT ? bytes + 8 : null;
  }
  return magic === 0x1a45dfa3 ? claimedMatroskaSize(head, view) : null;
}

/** RFC 8794, 4: an element is an id, a size of variable length, and its data. */
function claimedMatroskaSize(head: Uint8Array, view: DataView): number | null {
  const header = readVint(head, 4);
  if (!header || header.value === null) {
    return null;
  }
  const segment = header.end + header.value;
  if (segment + 4 > head.length || view.getUint32(segment) !== SEGMENT_ID) {
    return null;
  }
  const size = readVint(head, segment + 4);
  return size && size.value !== null ? size.end + size.value : null;
}

/** A size of variable length; all value bits set mean "unknown", as live streams write. */
function readVint(bytes: Uint8Array, start: number): { value: number | null; end: number } | null {
  const length = Math.clz32(bytes[start] ?? 0) - 23;
  if (length > 8 || start + length > bytes.length) {
    return null;
  }
  let value = (bytes[start] ?? 0) & (0xff >> length);
  let isUnknown = value === 0xff >> length;
  for (let index = 1; index < length; index += 1) {
    const byte = bytes[start + index] ?? 0;
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { value: isUnknown ? null : value, end: start + length };
}
