/** Reads a deflated entry of a ZIP from front to back, in bounded memory. */
import { CheckpointProblem, quoted, refuse } from '../../core/checkpoint/checkpointProblem';
import type { ZipEntry } from '../../core/checkpoint/zipDirectory';
import type { ByteSource } from './byteSource';

/** What one piece grows to is in memory at once, and that may be a thousand times as much. */
const PACKED_PIECE_BYTES = 16 * 1024;

export class InflatedEntry {
  readonly #source: ByteSource;
  readonly #entry: ZipEntry;
  readonly #start: number;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #left: Uint8Array = new Uint8Array(0);
  #position = 0;

  /** `start` is where the packed bytes begin. */
  constructor(source: ByteSource, entry: ZipEntry, start: number) {
    this.#source = source;
    this.#entry = entry;
    this.#start = start;
  }

  /** Reading backwards begins anew. Rejects with a CheckpointProblem for damaged bytes. */
  async read(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    if (offset < this.#position || !this.#reader) {
      await this.close();
      this.#reader = this.#open();
    }
    await this.#take(offset - this.#position, null);
    const bytes = new Uint8Array(lengthBytes);
    await this.#take(lengthBytes, bytes);
    if (this.#position === this.#entry.sizeBytes && this.#left.length > 0) {
      refuse(`the entry ${quoted(this.#entry.name)} grows larger than it says`);
    }
    return bytes;
  }

  async close(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    this.#left = new Uint8Array(0);
    this.#position = 0;
    await reader?.cancel().catch(() => undefined);
  }

  #open(): ReadableStreamDefaultReader<Uint8Array> {
    let at = 0;
    const packed = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: async (controller) => {
          const lengthBytes = Math.min(PACKED_PIECE_BYTES, this.#entry.packedBytes - at);
          if (lengthBytes === 0) {
            controller.close();
            return;
          }
          controller.enqueue(await this.#source.read(this.#start + at, lengthBytes));
          at += lengthBytes;
        },
      },
      { highWaterMark: 0 },
    );
    return packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  }

  async #take(lengthBytes: number, into: Uint8Array | null): Promise<void> {
    let done = 0;
    while (done < lengthBytes) {
      if (this.#left.length === 0) {
        this.#left = await this.#next();
      }
      const part = this.#left.subarray(0, lengthBytes - done);
      into?.set(part, done);
      done += part.length;
      this.#left = this.#left.subarray(part.length);
    }
    this.#position += lengthBytes;
  }

  async #next(): Promise<Uint8Array> {
    try {
      const { value } = await this.#reader!.read();
      return value ?? refuse('it ends too early');
    } catch (error) {
      const { name } = this.#entry;
      throw new CheckpointProblem(`the entry ${quoted(name)} is damaged (${(error as Error).message})`, {
        cause: error,
      });
    }
  }
}
