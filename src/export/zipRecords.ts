/** The records of a ZIP file with Zip64 sizes, as bytes (APPNOTE 6.3.10). */

/** What is known of an entry once it is written. */
export type ZipRecord = {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly offset: number;
  readonly crc: number;
  readonly size: number;
  readonly packedSize: number;
};

/** APPNOTE 6.3.10: 4.5 needs Zip64, bit 3 says that sizes follow the data, 8 is Deflate. */
const VERSION_ZIP64 = 45;
const FLAG_SIZES_AFTER = 8;
const METHOD_DEFLATE = 8;
/** 1980-01-01, the first day that ZIP knows: the same masks make the same file. */
const DOS_DATE = 0x21;
const IN_ZIP64 = 0xffffffff;

/** Little-endian fields: [bytes, value]. */
function record(fields: readonly (readonly [bytes: 2 | 4 | 8, value: number])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(fields.reduce((total, [size]) => total + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) {
      view.setUint16(at, value, true);
    } else if (size === 4) {
      view.setUint32(at, value, true);
    } else {
      view.setBigUint64(at, BigInt(value), true);
    }
    at += size;
  }
  return bytes;
}

/** Before an entry's name; its sizes follow the data. */
export function localHeader(name: Uint8Array): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x04034b50],
    [2, VERSION_ZIP64],
    [2, FLAG_SIZES_AFTER],
    [2, METHOD_DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, 0],
    [4, IN_ZIP64],
    [4, IN_ZIP64],
    [2, name.length],
    [2, 20],
  ]);
}

/** Says that the sizes behind the data take 8 bytes each. */
export const localExtra = record([
  [2, 1],
  [2, 16],
  [8, 0],
  [8, 0],
]);

/** Behind an entry's data. */
export function dataDescriptor({ crc, packedSize, size }: ZipRecord): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x08074b50],
    [4, crc],
    [8, packedSize],
    [8, size],
  ]);
}

/** Before an entry's name in the central directory. */
export function centralHeader({ name, crc }: ZipRecord): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x02014b50],
    [2, VERSION_ZIP64],
    [2, VERSION_ZIP64],
    [2, FLAG_SIZES_AFTER],
    [2, METHOD_DEFLATE],
    [2, 0],
    [2, DOS_DATE],
    [4, crc],
    [4, IN_ZIP64],
    [4, IN_ZIP64],
    [2, name.length],
    [2, 28],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, IN_ZIP64],
  ]);
}

/** Behind it. */
export function centralExtra({ size, packedSize, offset }: ZipRecord): Uint8Array<ArrayBuffer> {
  return record([
    [2, 1],
    [2, 24],
    [8, size],
    [8, packedSize],
    [8, offset],
  ]);
}

/** Of a central directory of `count` entries, `size` bytes from `start` on. */
export function ending(count: number, start: number, size: number): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x06064b50],
    [8, 44],
    [2, VERSION_ZIP64],
    [2, VERSION_ZIP64],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, start],
    [4, 0x07064b50],
    [4, 0],
    [8, start + size],
    [4, 1],
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, 0xffff],
    [2, 0xffff],
    [4, IN_ZIP64],
    [4, IN_ZIP64],
    [2, 0],
  ]);
}
