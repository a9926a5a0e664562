/** A ZIP whose entries are deflated while they are made; what lies inside an .npz file. */
import { crc32 } from '../core/base/crc32';

export type ZipEntry = {
  /** ASCII. */
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
};

type Written = {
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

function localHeader(name: Uint8Array): Uint8Array<ArrayBuffer> {
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
const localExtra = record([
  [2, 1],
  [2, 16],
  [8, 0],
  [8, 0],
]);

function dataDescriptor({ crc, packedSize, size }: Written): Uint8Array<ArrayBuffer> {
  return record([
    [4, 0x08074b50],
    [4, crc],
    [8, packedSize],
    [8, size],
  ]);
}

function centralHeader({ name, crc }: Written): Uint8Array<ArrayBuffer> {
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

function centralExtra({ size, packedSize, offset }: Written): Uint8Array<ArrayBuffer> {
  return record([
    [2, 1],
    [2, 24],
    [8, size],
    [8, packedSize],
    [8, offset],
  ]);
}

function ending(count: number, start: number, size: number): Uint8Array<ArrayBuffer> {
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

/** Deflates `pieces` one by one; `seen` is told each before it is packed. */
function deflated(
  pieces: ZipEntry['pieces'],
  seen: (piece: Uint8Array) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator =
    Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  const raw = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        controller.close();
      } else {
        seen(value);
        controller.enqueue(value);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return raw.pipeThrough(new CompressionStream('deflate-raw'));
}

/** Pieces of the file. At most a few pieces of an entry are held at a time. */
export async function* deflatedZip(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const written: Written[] = [];
  let position = 0;
  const counted = (piece: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    position += piece.length;
    return piece;
  };
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name);
    const offset = position;
    yield counted(localHeader(name));
    yield counted(name);
    yield counted(localExtra);
    const start = position;
    let crc = 0;
    let size = 0;
    const reader = deflated(entry.pieces, (piece) => {
      crc = crc32(piece, crc);
      size += piece.length;
    }).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        yield counted(value);
      }
    } finally {
      await reader.cancel();
    }
    const done = { name, offset, crc, size, packedSize: position - start };
    yield counted(dataDescriptor(done));
    written.push(done);
  }
  const central = position;
  for (const entry of written) {
    yield counted(centralHeader(entry));
    yield counted(entry.name);
    yield counted(centralExtra(entry));
  }
  yield ending(written.length, central, position - central);
}
