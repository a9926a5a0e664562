/** A ZIP whose entries are deflated while they are made; what lies inside an .npz file. */
import { crc32 } from '../core/base/crc32';
import { streamPieces } from './streamPieces';
import {
  centralExtra,
  centralHeader,
  dataDescriptor,
  ending,
  localExtra,
  localHeader,
  type ZipRecord,
} from './zipRecords';

export type ZipEntry = {
  /** ASCII. */
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array<ArrayBuffer>> | Iterable<Uint8Array<ArrayBuffer>>;
};

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
  const written: ZipRecord[] = [];
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
    let [crc, size] = [0, 0];
    const packed = deflated(entry.pieces, (piece) => {
      crc = crc32(piece, crc);
      size += piece.length;
    });
    for await (const piece of streamPieces(packed)) {
      yield counted(piece);
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
