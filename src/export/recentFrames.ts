/** Keeps what was read for the last frames, so that formats which write side by side read each frame once. */

/** A format may be one frame ahead of another. */
const KEPT = 2;

export class RecentFrames<T> {
  readonly #read: (frameIndex: number) => Promise<T>;
  readonly #kept = new Map<number, Promise<T>>();

  constructor(read: (frameIndex: number) => Promise<T>) {
    this.#read = read;
  }

  has(frameIndex: number): boolean {
    return this.#kept.has(frameIndex);
  }

  /** Rejects with what the reader rejects with, each time it is asked for that frame. */
  get(frameIndex: number): Promise<T> {
    const kept = this.#kept.get(frameIndex);
    if (kept) {
      return kept;
    }
    const reading = this.#read(frameIndex);
    // Whoever waits for it hears of a failure; nobody may be waiting.
    reading.catch(() => undefined);
    this.#kept.set(frameIndex, reading);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) {
      this.#kept.delete(oldest);
    }
    return reading;
  }
}
