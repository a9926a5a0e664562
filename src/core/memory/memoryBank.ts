/** Which frames the propagation engine remembers: bounded, whatever the clip's length. */

/**
 * Past frames worth keeping from a run: every `every`-th, until there are more than `limit`; then every second of them
 * is dropped and the step doubles, so that the whole run stays covered, evenly.
 */
export class PastFrames<T> {
  readonly #limit: number;
  #every: number;
  #count = 0;
  #kept: { readonly step: number; readonly item: T }[] = [];

  /** `limit` is at least 2, `every` at least 1. */
  constructor(every: number, limit: number) {
    this.#every = every;
    this.#limit = limit;
  }

  get items(): readonly T[] {
    return this.#kept.map(({ item }) => item);
  }

  /** Tells of the run's next frame. */
  add(item: T): void {
    this.#count += 1;
    if (this.#count % this.#every !== 0) {
      return;
    }
    this.#kept.push({ step: this.#count, item });
    if (this.#kept.length > this.#limit) {
      this.#every *= 2;
      this.#kept = this.#kept.filter(({ step }) => step % this.#every === 0);
    }
  }
}

/**
 * The annotated frames that a stretch from `startFrame` to `endFrame` looks at: both ends of it first (where they are
 * annotated), then the nearest ones, `limit` at most. Ascending.
 */
export function annotatedFramesFor(
  annotated: readonly number[],
  startFrame: number,
  endFrame: number,
  limit: number,
): number[] {
  const [low, high] = [Math.min(startFrame, endFrame), Math.max(startFrame, endFrame)];
  const distance = (frame: number): number => Math.max(low - frame, frame - high, 0);
  const isEnd = (frame: number): boolean => frame === startFrame || frame === endFrame;
  return [...new Set(annotated)]
    .toSorted((a, b) => Number(isEnd(b)) - Number(isEnd(a)) || distance(a) - distance(b) || a - b)
    .slice(0, limit)
    .toSorted((a, b) => a - b);
}
