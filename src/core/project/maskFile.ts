/** The records of a mask file: how they begin, and how to find them again in a file that was cut off or damaged. */
import { crc32 } from '../base/crc32';

/** At the start of every mask file: its kind and version. */
export const MASK_FILE_HEADER = Uint8Array.from('MFMASKS1', (letter) => letter.charCodeAt(0));

/** `MFr1` as a little-endian number: begins a record. */
const RECORD_MAGIC = 0x3172464d;

export const RECORD_HEADER_BYTES = 20;

/** Longer ones are not written; a length beyond this is damage. */
export const MAX_RECORD_BYTES = 256 * 1024 * 1024;

/** Where a record lies: `at` is where its header begins, `length` counts the bytes after the header. */
export type RecordPlace = { readonly id: number; readonly at: number; readonly length: number };

/** Header and payload in one piece. `id` is a whole number below 2^32. */
export function encodeRecord(id: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(RECORD_HEADER_BYTES + payload.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, RECORD_MAGIC, true);
  view.setUint32(4, id, true);
  view.setUint32(8, payload.length, true);
  view.setUint32(12, crc32(payload), true);
  view.setUint32(16, crc32(record.subarray(0, 16)), true);
  record.set(payload, RECORD_HEADER_BYTES);
  return record;
}

/** The payload of a whole record; null when it is not the record `id`, or is damaged. */
export function decodeRecord(record: Uint8Array, id: number): Uint8Array | null {
  const place = headerAt(record, 0, 0);
  const end = RECORD_HEADER_BYTES + (place?.length ?? 0);
  if (place?.id !== id || end > record.length) {
    return null;
  }
  const stated = new DataView(record.buffer, record.byteOffset).getUint32(12, true);
  const payload = record.subarray(RECORD_HEADER_BYTES, end);
  return crc32(payload) === stated ? payload : null;
}

function headerAt(bytes: Uint8Array, index: number, at: number): RecordPlace | null {
  if (bytes.length - index < RECORD_HEADER_BYTES) {
    return null;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + index);
  const isHeader =
    view.getUint32(0, true) === RECORD_MAGIC &&
    view.getUint32(16, true) === crc32(bytes.subarray(index, index + 16)) &&
    view.getUint32(8, true) <= MAX_RECORD_BYTES;
  return isHeader ? { id: view.getUint32(4, true), at, length: view.getUint32(8, true) } : null;
}

/** Reads up to `length` bytes from `at`; fewer at the end of the file. */
export type ReadAt = (at: number, length: number) => Uint8Array;

/** How far one look for the next header goes. */
const SEARCH_BYTES = 1024 * 1024;

/**
 * All records of a file, by their headers alone; payloads are checked when they are read. Damage costs the records it
 * touches: the search goes on at the next header. A record that the file's end cuts off does not count. `end` is where
 * the last record ends: the place to go on writing.
 */
export function findRecords(read: ReadAt, size: number): { records: RecordPlace[]; end: number } {
  const records: RecordPlace[] = [];
  let end = Math.min(MASK_FILE_HEADER.length, size);
  for (let at = end; at + RECORD_HEADER_BYTES <= size;) {
    const place = headerAt(read(at, RECORD_HEADER_BYTES), 0, at);
    const next = place ? at + RECORD_HEADER_BYTES + place.length : 0;
    if (place && next <= size) {
      records.push(place);
      end = next;
      at = next;
    } else {
      at = nextHeader(read, at + 1, size);
    }
  }
  return { records, end };
}

function nextHeader(read: ReadAt, from: number, size: number): number {
  for (let start = from; start + RECORD_HEADER_BYTES <= size; start += SEARCH_BYTES) {
    // The pieces overlap by a header, so that none is missed between two.
    const bytes = read(start, SEARCH_BYTES + RECORD_HEADER_BYTES);
    for (let index = 0; index + RECORD_HEADER_BYTES <= bytes.length; index += 1) {
      if (bytes[index] === (RECORD_MAGIC & 0xff) && headerAt(bytes, index, 0)) {
        return start + index;
      }
    }
  }
  return size;
}
