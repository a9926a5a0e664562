/** Writes ZIP files for tests: stored or deflated, with 64-bit fields, and wrong ones. */
import { crc32 } from '../../../core/base/crc32';

export type WrittenZipEntry = {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Bytes as they lie in the file, by deflate; stored when left out. */
  readonly deflated?: Uint8Array;
  /** What the directory says instead of the size of `bytes`. */
  readonly claimedBytes?: number;
};

export type ZipOptions = {
  readonly zip64?: boolean;
  /** Bytes begin at multiples of this, as PyTorch's do. */
  readonly align?: number;
  readonly comment?: string;
};

export function writeZip(
  entries: readonly WrittenZipEntry[],
  { zip64 = false, align = 1, comment = '' }: ZipOptions = {},
): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let at = 0;
  const push = (part: Uint8Array): void => {
    parts.push(part);
    at += part.length;
  };
  const directory = entries.map((entry) => {
    const offset = at;
    const name = new TextEncoder().encode(entry.name);
    const padding = (align - ((at + 30 + name.length + 4) % align)) % align;
    const extra = align > 1 ? new Uint8Array(4 + padding).fill(0x42) : new Uint8Array(0);
    if (align > 1) {
      new DataView(extra.buffer).setUint16(2, padding, true);
    }
    push(
      record(0x04034b50, [[2, 20], [2, 0], ...fieldsOf(entry, false), [2, name.length], [2, extra.length]]),
    );
    push(name);
    push(extra);
    push(entry.deflated ?? entry.bytes);
    return centralRecord(entry, name, offset, zip64);
  });
  const start = at;
  directory.forEach(push);
  const size = at - start;
  if (zip64) {
    const end = at;
    push(
      record(0x06064b50, [
        [8, 44],
        ...([
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
        ] as Field[]),
        ...([
          [8, entries.length],
          [8, entries.length],
          [8, size],
          [8, start],
        ] as Field[]),
      ]),
    );
    push(
      record(0x07064b50, [
        [4, 0],
        [8, end],
        [4, 1],
      ]),
    );
  }
  const count = zip64 ? 0xffff : entries.length;
  const places: Field[] = zip64
    ? [
        [4, 0xffffffff],
        [4, 0xffffffff],
      ]
    : [
        [4, size],
        [4, start],
      ];
  const text = new TextEncoder().encode(comment);
  push(record(0x06054b50, [[2, 0], [2, 0], [2, count], [2, count], ...places, [2, text.length]]));
  push(text);
  return joined(parts);
}

type Field = readonly [lengthBytes: 2 | 4 | 8, value: number];

/** From the method to the unpacked size. */
function fieldsOf({ bytes, deflated, claimedBytes }: WrittenZipEntry, wide: boolean): Field[] {
  const packed = (deflated ?? bytes).length;
  const size = claimedBytes ?? bytes.length;
  return [
    [2, deflated ? 8 : 0],
    [4, 0],
    [4, crc32(bytes)],
    [4, wide ? 0xffffffff : deflated ? packed : size],
    [4, wide ? 0xffffffff : size],
  ];
}

function centralRecord(entry: WrittenZipEntry, name: Uint8Array, offset: number, zip64: boolean): Uint8Array {
  const packed = (entry.deflated ?? entry.bytes).length;
  const wide: Field[] = [
    [2, 1],
    [2, 24],
    [8, entry.claimedBytes ?? entry.bytes.length],
    [8, packed],
    [8, offset],
  ];
  const extra = zip64 ? fields(wide) : new Uint8Array(0);
  const head = record(0x02014b50, [
    ...([
      [2, 45],
      [2, 45],
      [2, 0],
    ] as Field[]),
    ...fieldsOf(entry, zip64),
    ...([
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
    ] as Field[]),
    [4, zip64 ? 0xffffffff : offset],
  ]);
  return joined([head, name, extra]);
}

function record(signature: number, values: readonly Field[]): Uint8Array {
  return fields([[4, signature], ...values]);
}

function fields(values: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, value] of values) {
    if (length === 2) {
      view.setUint16(at, value, true);
    } else if (length === 4) {
      view.setUint32(at, value, true);
    } else {
      view.setBigUint64(at, BigInt(value), true);
    }
    at += length;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
