/** Reads a file in large pieces and hands out small ones: each call of the file system costs more than its bytes. */
import type { StoredFile } from './storedFile';

const PIECE_BYTES = 2 * 1024 * 1024;

export class ReadAhead {
  readonly #file: StoredFile;
  #at = 0;
  #bytes = new Uint8Array(0);

  constructor(file: StoredFile) {
    this.#file = file;
  }

  /** Up to `length` bytes from `at`; fewer at the end. A view, valid until `forget` is called. */
  read(at: number, length: number): Uint8Array {
    if (at < this.#at || at + length > this.#at + this.#bytes.length) {
      this.#bytes = this.#file.read(at, Math.max(length, PIECE_BYTES));
      this.#at = at;
    }
    return this.#bytes.subarray(at - this.#at, at - this.#at + length);
  }

  /** Call after the file has changed, or to give the memory back. */
  forget(): void {
    this.#bytes = new Uint8Array(0);
  }
}
