/** Reads a deflated entry of a ZIP from front to back, in bounded memory, and checks it when its end is reached. */
import { crc32 } from '../../core/base/crc32';
import { messageOf } from '../../core/base/errors';
import { CheckpointProblem, quoted, refuse } from '../../core/checkpoint/checkpointProblem';
import type { ZipEntry } from '../../core/checkpoint/zipDirectory';
import type { ByteSource } from './byteSource';
import { throwIfCancelled } from './runPlan';
import { checkCrc } from './storedChecks';

/** What one piece grows to is in memory at once, and that may be a thousand times as much. */
const PACKED_PIECE_BYTES = 16 * 1024;

/** How often an entry may be unpacked over and over, since tensors in it may be needed in another order. */
const MAX_UNPACKED_RATIO = 8;

export class InflatedEntry {
  readonly #source: ByteSource;
  readonly #entry: ZipEntry;
  readonly #start: number;
  readonly #signal: AbortSignal | undefined;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  #left: Uint8Array = new Uint8Array(0);
  #position = 0;
  #crc = 0;
  #isChecked = false;
  #budgetBytes: number;
  /** What `source` rejected with, which is no fault of the bytes. */
  #readError: { readonly cause: unknown } | null = null;

  /** `start` is where the packed bytes begin. */
  constructor(source: ByteSource, entry: ZipEntry, start: number, signal?: AbortSignal) {
    this.#source = source;
    this.#entry = entry;
    this.#start = start;
    this.#signal = signal;
    this.#budgetBytes = entry.sizeBytes * MAX_UNPACKED_RATIO;
  }

  /**
   * Reading backwards begins anew. Rejects with a CheckpointProblem for damaged bytes and for reading backwards too
   * often, with `cancelled`, or with what `source` rejects with.
   */
  async read(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    if (offset < this.#position || !this.#reader) {
      await this.close();
      this.#reader = this.#open();
    }
    await this.#take(offset - this.#position, null);
    const bytes = new Uint8Array(lengthBytes);
    await this.#take(lengthBytes, bytes);
    if (this.#position === this.#entry.sizeBytes) {
      await this.#end();
    }
    return bytes;
  }

  /** Reads to the end, unless that was reached before, and checks all. */
  async finish(): Promise<void> {
    if (!this.#isChecked) {
      await this.read(this.#entry.sizeBytes, 0);
    }
  }

  async close(): Promise<void> {
    const reader = this.#reader;
    this.#reader = null;
    this.#left = new Uint8Array(0);
    this.#position = 0;
    this.#crc = 0;
    await reader?.cancel().catch(() => undefined);
  }

  async #end(): Promise<void> {
    if (this.#left.length > 0 || (await this.#next()) !== null) {
      refuse(`the entry ${quoted(this.#entry.name)} grows larger than it says`);
    }
    checkCrc(this.#entry, this.#crc);
    this.#isChecked = true;
    await this.close();
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
          controller.enqueue(await this.#packed(this.#start + at, lengthBytes));
          at += lengthBytes;
        },
      },
      { highWaterMark: 0 },
    );
    return packed.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  }

  async #packed(offset: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#source.read(offset, lengthBytes);
    } catch (error) {
      this.#readError = { cause: error };
      throw error;
    }
  }

  async #take(lengthBytes: number, into: Uint8Array | null): Promise<void> {
    let done = 0;
    while (done < lengthBytes) {
      throwIfCancelled(this.#signal);
      if (this.#left.length === 0) {
        this.#left = (await this.#next()) ?? refuse(this.#damaged('it ends too early'));
        this.#charge(this.#left.length);
      }
      const part = this.#left.subarray(0, lengthBytes - done);
      into?.set(part, done);
      this.#crc = this.#isChecked ? 0 : crc32(part, this.#crc);
      done += part.length;
      this.#left = this.#left.subarray(part.length);
    }
    this.#position += lengthBytes;
  }

  #charge(bytes: number): void {
    this.#budgetBytes -= bytes;
    if (this.#budgetBytes < 0) {
      refuse(`the entry ${quoted(this.#entry.name)} would have to be unpacked again and again`);
    }
  }

  /** Null at the end. */
  async #next(): Promise<Uint8Array | null> {
    try {
      const { value } = await this.#reader!.read();
      return value ?? null;
    } catch (error) {
      if (this.#readError) {
        throw this.#readError.cause;
      }
      throw new CheckpointProblem(this.#damaged(messageOf(error)), { cause: error });
    }
  }

  #damaged(why: string): string {
    return `the entry ${quoted(this.#entry.name)} is damaged (${why})`;
  }
}
