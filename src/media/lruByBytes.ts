/** Which entries a cache bounded by bytes keeps: the most recently used, and always the newest one. */

export class LruByBytes<Key, Value> {
  readonly capacityBytes: number;
  readonly #onEvict: (value: Value) => void;
  /** A Map iterates in insertion order, so its first entry is the least recently used. */
  readonly #entries = new Map<Key, { value: Value; bytes: number }>();
  #totalBytes = 0;

  /** `onEvict` is called once for every value that leaves, however it leaves. */
  constructor(capacityBytes: number, onEvict: (value: Value) => void) {
    this.capacityBytes = capacityBytes;
    this.#onEvict = onEvict;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** The value, which does not count as used by this. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key)?.value;
  }

  /** The value, now the most recently used; the cache goes on owning it. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      return undefined;
    }
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Hands the value over to the cache, which evicts others until it fits; a replaced value is evicted as well. */
  put(key: Key, value: Value, bytes: number): void {
    this.delete(key);
    this.#entries.set(key, { value, bytes });
    this.#totalBytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#totalBytes <= this.capacityBytes || this.#entries.size === 1) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: Key): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#totalBytes -= entry.bytes;
      this.#onEvict(entry.value);
    }
  }

  deleteWhere(matches: (key: Key) => boolean): void {
    for (const key of [...this.#entries.keys()].filter(matches)) {
      this.delete(key);
    }
  }
}
