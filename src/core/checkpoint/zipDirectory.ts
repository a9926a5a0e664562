/** The table of contents of a ZIP, also of one over 4 GB: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT. */
import { quoted, refuse } from './checkpointProblem';
import type { ReadPlan } from './readPlan';
import { decodeUtf8 } from './utf8';

export type ZipEntry = {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  /** As it lies in the file. */
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Of the unpacked bytes; 0 where the writer did not count. */
  readonly crc32: number;
  /** Of the header before its bytes. */
  readonly headerOffset: number;
  /** Where the next entry or the directory begins: its bytes end before. */
  readonly limit: number;
};

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const LOCATOR_BYTES = 20;
const ZIP64_END_BYTES = 56;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_DIRECTORY_BYTES = 16_000_000;
const MAX_ENTRIES = 100_000;
/** Deflate makes at most 1032 bytes of one. */
const MAX_RATIO = 1040;

type End = { readonly count: number; readonly offset: number; readonly sizeBytes: number };
type RawEntry = Omit<ZipEntry, 'limit'>;

/** The entries by name. Throws a CheckpointProblem for a directory that is damaged or plays tricks. */
export function* readZipDirectory(sizeBytes: number): ReadPlan<ReadonlyMap<string, ZipEntry>> {
  const { count, offset, sizeBytes: directoryBytes } = yield* readEnd(sizeBytes);
  if (count > MAX_ENTRIES || directoryBytes > MAX_DIRECTORY_BYTES) {
    refuse(`it lists ${count} entries`);
  }
  if (offset + directoryBytes > sizeBytes || directoryBytes < count * CENTRAL_BYTES) {
    refuse('its table of contents is cut off');
  }
  const directory = yield { offset, lengthBytes: directoryBytes };
  const entries = parseDirectory(directory, count);
  return confined(entries, offset);
}

/** Where the bytes of an entry begin. Throws a CheckpointProblem when its header is not the directory's. */
export function* readZipEntryStart(entry: ZipEntry): ReadPlan<number> {
  const { name, headerOffset, limit, packedBytes } = entry;
  if (headerOffset + LOCAL_BYTES > limit) {
    refuse(`the entry ${quoted(name)} is cut off`);
  }
  const header = viewOf(yield { offset: headerOffset, lengthBytes: LOCAL_BYTES });
  if (header.getUint32(0, true) !== 0x04034b50) {
    refuse(`the entry ${quoted(name)} does not begin where it should`);
  }
  const nameBytes = header.getUint16(26, true);
  const start = headerOffset + LOCAL_BYTES + nameBytes + header.getUint16(28, true);
  if (start + packedBytes > limit) {
    refuse(`the entry ${quoted(name)} lies over another one`);
  }
  const localName = decodeUtf8(yield { offset: headerOffset + LOCAL_BYTES, lengthBytes: nameBytes });
  if (localName !== name) {
    refuse(`the entry ${quoted(name)} calls itself ${quoted(localName)}`);
  }
  return start;
}

function* readEnd(sizeBytes: number): ReadPlan<End> {
  const tailBytes = Math.min(sizeBytes, END_BYTES + MAX_COMMENT_BYTES + LOCATOR_BYTES);
  const tailStart = sizeBytes - tailBytes;
  const tail = viewOf(yield { offset: tailStart, lengthBytes: tailBytes });
  let at = tailBytes - END_BYTES;
  while (
    at >= 0 &&
    !(tail.getUint32(at, true) === 0x06054b50 && at + END_BYTES + tail.getUint16(at + 20, true) === tailBytes)
  ) {
    at -= 1;
  }
  if (at < 0) {
    refuse('its end is missing: the download may be incomplete');
  }
  const locatorAt = at - LOCATOR_BYTES;
  if (locatorAt >= 0 && tail.getUint32(locatorAt, true) === 0x07064b50) {
    return yield* readZip64End(uint64(tail, locatorAt + 8), sizeBytes);
  }
  return {
    count: tail.getUint16(at + 10, true),
    sizeBytes: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  };
}

function* readZip64End(offset: number, sizeBytes: number): ReadPlan<End> {
  if (offset + ZIP64_END_BYTES > sizeBytes) {
    refuse('its table of contents is cut off');
  }
  const end = viewOf(yield { offset, lengthBytes: ZIP64_END_BYTES });
  if (end.getUint32(0, true) !== 0x06064b50) {
    refuse('its table of contents is damaged');
  }
  return { count: uint64(end, 32), sizeBytes: uint64(end, 40), offset: uint64(end, 48) };
}

function parseDirectory(directory: Uint8Array, count: number): RawEntry[] {
  const view = viewOf(directory);
  const entries: RawEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + CENTRAL_BYTES > directory.length || view.getUint32(at, true) !== 0x02014b50) {
      refuse('its table of contents is damaged');
    }
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const end = at + CENTRAL_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (end > directory.length) {
      refuse('its table of contents is cut off');
    }
    const nameEnd = at + CENTRAL_BYTES + nameBytes;
    const name = decodeUtf8(directory.subarray(at + CENTRAL_BYTES, nameEnd));
    const extra = viewOf(directory.subarray(nameEnd, nameEnd + extraBytes));
    entries.push(parseEntry(name, view, at, extra));
    at = end;
  }
  return entries;
}

function parseEntry(name: string, view: DataView, at: number, extra: DataView): RawEntry {
  const method = view.getUint16(at + 10, true);
  if ((view.getUint16(at + 8, true) & 1) !== 0) {
    refuse(`the entry ${quoted(name)} is encrypted`);
  }
  if (method !== 0 && method !== 8) {
    refuse(`the entry ${quoted(name)} is packed by method ${method}, which is not read here`);
  }
  const wide = zip64Values(extra);
  const value = (field: number): number =>
    view.getUint32(at + field, true) === 0xffffffff ? wide(name) : view.getUint32(at + field, true);
  // In this order they stand in the extra field, as far as they are needed.
  const sizeBytes = value(24);
  const packedBytes = value(20);
  const headerOffset = value(42);
  if (method === 0 ? packedBytes !== sizeBytes : sizeBytes > packedBytes * MAX_RATIO) {
    refuse(`the entry ${quoted(name)} says it grows from ${packedBytes} to ${sizeBytes} bytes`);
  }
  const crc32 = view.getUint32(at + 16, true);
  return { name, method: method === 0 ? 'stored' : 'deflated', sizeBytes, packedBytes, crc32, headerOffset };
}

/** Hands out the 64-bit values of the extra field one by one. */
function zip64Values(extra: DataView): (name: string) => number {
  let at = 0;
  let end = 0;
  for (let field = 0; field + 4 <= extra.byteLength; field += 4 + extra.getUint16(field + 2, true)) {
    if (extra.getUint16(field, true) === 1) {
      at = field + 4;
      end = Math.min(extra.byteLength, at + extra.getUint16(field + 2, true));
      break;
    }
  }
  return (name) => {
    if (at + 8 > end) {
      refuse(`the entry ${quoted(name)} does not say how long it is`);
    }
    at += 8;
    return uint64(extra, at - 8);
  };
}

/** Each entry with its limit; refuses names that lead elsewhere or stand twice, and entries over one another. */
function confined(entries: readonly RawEntry[], directoryOffset: number): Map<string, ZipEntry> {
  const byName = new Map<string, ZipEntry>();
  const ordered = entries.toSorted((a, b) => a.headerOffset - b.headerOffset);
  ordered.forEach((entry, index) => {
    const { name, headerOffset, packedBytes } = entry;
    const limit = ordered[index + 1]?.headerOffset ?? directoryOffset;
    if (headerOffset + LOCAL_BYTES + packedBytes > limit) {
      refuse(`the entry ${quoted(name)} lies over another one`);
    }
    if (/^\/|\\|\0|^[A-Za-z]:/.test(name) || name.split('/').some((part) => part === '..' || part === '.')) {
      refuse(`the name ${quoted(name)} leads out of the file`);
    }
    if (byName.has(name)) {
      refuse(`the name ${quoted(name)} stands twice in it`);
    }
    byName.set(name, { ...entry, limit });
  });
  return byName;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
