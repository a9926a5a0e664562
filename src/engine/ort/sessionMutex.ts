/** One lock around every create, run and release: overlapping calls crash ONNX Runtime's WebGPU builds. */

/** Interactive work overtakes waiting background work; within one class it is first come, first served. */
export type Priority = 'interactive' | 'background';

export class SessionMutex {
  readonly #waiting: Record<Priority, (() => void)[]> = { interactive: [], background: [] };
  #isHeld = false;

  /** Runs `work` when its turn comes; a rejection of one holder does not touch the next. */
  async run<T>(priority: Priority, work: () => Promise<T>): Promise<T> {
    await this.#acquire(priority);
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  #acquire(priority: Priority): Promise<void> {
    if (!this.#isHeld) {
      this.#isHeld = true;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#waiting[priority].push(resolve);
    });
  }

  /** Hands the lock straight to the next in line, so that nobody slips in between. */
  #release(): void {
    const next = this.#waiting.interactive.shift() ?? this.#waiting.background.shift();
    if (next) {
      next();
    } else {
      this.#isHeld = false;
    }
  }
}
