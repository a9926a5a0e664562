/** Writes and reads the bytes of records: whole numbers in as few bytes as they need (LEB128), floats and raw bytes. */
import { assert } from '../base/assert';

export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #size = 0;

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#size] = value;
    this.#size += 1;
  }

  /** A whole number from 0 to 2^53 - 1, seven bits to a byte, lowest first. */
  unsigned(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new TypeError(`${value} is not a whole number`);
    }
    this.#reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#size] = (rest % 128) | 128;
      this.#size += 1;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#size] = rest;
    this.#size += 1;
  }

  /** A whole number of either sign: 0, -1, 1, -2 ... become 0, 1, 2, 3 ... */
  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** Eight bytes, little-endian. */
  float64(value: number): void {
    this.#reserve(8);
    new DataView(this.#bytes.buffer).setFloat64(this.#size, value, true);
    this.#size += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** What has been written, as a copy. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#size);
  }

  #reserve(count: number): void {
    if (this.#size + count > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#size + count));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
  }
}

/** The counterpart; throws an AssertionError when the bytes end too early or mean nothing. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    assert(this.#at < this.#bytes.length, 'a record breaks off');
    this.#at += 1;
    return this.#bytes[this.#at - 1]!;
  }

  unsigned(): number {
    const first = this.#bytes[this.#at];
    if (first !== undefined && first < 128) {
      this.#at += 1;
      return first;
    }
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      assert(value <= Number.MAX_SAFE_INTEGER, 'a record holds a number without an end');
      if (byte < 128) {
        return value;
      }
    }
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  float64(): number {
    const bytes = this.raw(8);
    return new DataView(bytes.buffer).getFloat64(0, true);
  }

  /** A copy, so that nothing holds on to the buffer it was read from. */
  raw(count: number): Uint8Array<ArrayBuffer> {
    assert(count <= this.#bytes.length - this.#at, 'a record breaks off');
    this.#at += count;
    return this.#bytes.slice(this.#at - count, this.#at) as Uint8Array<ArrayBuffer>;
  }
}
