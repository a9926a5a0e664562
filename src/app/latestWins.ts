/** Runs an asynchronous task for the newest wish only: wishes made while it runs replace each other. */

/** What is left to do with a result, once the task for the next wish is under way. */
export type Finish = () => void;

export class LatestWins<T> {
  readonly #run: (wish: T) => Promise<Finish | void>;
  #wish: { value: T } | null = null;
  #isRunning = false;

  /** `run` must not throw; it handles its own errors. What it returns is called before that of a later wish. */
  constructor(run: (wish: T) => Promise<Finish | void>) {
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
      let finish: Finish | void = undefined;
      while (this.#wish || finish) {
        const next = this.#start();
        finish?.();
        finish = await next;
      }
    } finally {
      this.#isRunning = false;
    }
  }

  #start(): Promise<Finish | void> | undefined {
    const wish = this.#wish;
    this.#wish = null;
    return wish ? this.#run(wish.value) : undefined;
  }
}
