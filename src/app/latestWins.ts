/** Runs an asynchronous task for the newest wish only: wishes made while it runs replace each other. */

export class LatestWins<T> {
  readonly #run: (wish: T) => Promise<void>;
  #wish: { value: T } | null = null;
  #isRunning = false;

  /** `run` must not throw; it handles its own errors. */
  constructor(run: (wish: T) => Promise<void>) {
    this.#run = run;
  }

  request(value: T): void {
    this.#wish = { value };
    if (!this.#isRunning) {
      void this.#drain();
    }
  }

  /** Forgets a wish that has not been started. */
  clear(): void {
    this.#wish = null;
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    try {
      while (this.#wish) {
        const { value } = this.#wish;
        this.#wish = null;
        await this.#run(value);
      }
    } finally {
      this.#isRunning = false;
    }
  }
}
