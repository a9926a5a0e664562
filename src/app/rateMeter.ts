/** Frames per second and time left of a running job, pauses left out. */

export type Rate = { readonly framesPerSec: number | null; readonly secondsLeft: number | null };

/** How many of the latest frames the rate is taken over: long enough to be calm, short enough to follow changes. */
const WINDOW = 12;

export class RateMeter {
  readonly #now: () => number;
  readonly #marksMs: number[] = [];
  #pausedAtMs: number | null = null;
  #pausedMs = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#marksMs.push(now());
  }

  pause(): void {
    this.#pausedAtMs ??= this.#now();
  }

  resume(): void {
    if (this.#pausedAtMs !== null) {
      this.#pausedMs += this.#now() - this.#pausedAtMs;
      this.#pausedAtMs = null;
    }
  }

  /** Call after each frame; `framesLeft` counts those still to come. */
  frameDone(framesLeft: number): Rate {
    this.#marksMs.push((this.#pausedAtMs ?? this.#now()) - this.#pausedMs);
    if (this.#marksMs.length > WINDOW + 1) {
      this.#marksMs.shift();
    }
    const first = this.#marksMs[0] ?? 0;
    const last = this.#marksMs.at(-1) ?? 0;
    const frames = this.#marksMs.length - 1;
    const framesPerSec = last > first ? (frames * 1000) / (last - first) : null;
    return { framesPerSec, secondsLeft: framesPerSec === null ? null : framesLeft / framesPerSec };
  }
}
