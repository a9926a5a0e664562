/** Writes down the run under way, so that a page that was closed in the middle of one can say so and go on. */
import { framesWithPromptedMasks } from '../core/track/annotatedFrames';
import { continuations, type RunOrder, type UnfinishedRun } from '../core/track/unfinishedRun';
import type { MaskflowStore } from '../state/store';

/** Starts what was ordered from the current frame; resolves when it is over. */
export type StartRun = (order: RunOrder) => Promise<void>;

export class UnfinishedRuns {
  readonly #store: MaskflowStore;
  readonly #start: StartRun;

  constructor(store: MaskflowStore, start: StartRun) {
    this.#store = store;
    this.#start = start;
  }

  /** Does nothing while a run is on. Resolves with whether it came to its end by itself. */
  async run(order: RunOrder): Promise<boolean> {
    const { currentFrame: startFrame, propagation } = this.#store.getState();
    if (propagation) {
      return false;
    }
    const startedAtMs = Date.now();
    let wasStopped = false;
    this.#set({ order, startedAtMs, startFrame, lastFrame: null, hasTwoPasses: false });
    const unsubscribe = this.#store.subscribe(({ propagation: job, unfinishedRun }, previous) => {
      if (job && job !== previous.propagation && unfinishedRun?.startedAtMs === startedAtMs) {
        const { lastFrame, hasTwoPasses = false } = job;
        wasStopped ||= job.state === 'stopping';
        if (lastFrame !== unfinishedRun.lastFrame || hasTwoPasses !== unfinishedRun.hasTwoPasses) {
          this.#set({ ...unfinishedRun, lastFrame, hasTwoPasses });
        }
      }
    });
    try {
      await this.#start(order);
    } finally {
      unsubscribe();
      // Another project may have come with one of its own.
      if (this.#store.getState().unfinishedRun?.startedAtMs === startedAtMs) {
        this.#set(null);
      }
    }
    return !wasStopped;
  }

  /** Brings the run that was cut short to its end. */
  async goOn(): Promise<void> {
    const { unfinishedRun, range, seek, setPlaying } = this.#store.getState();
    if (!unfinishedRun) {
      return;
    }
    const { footage, tracks, labels } = this.#store.getState();
    const prompted = new Set(framesWithPromptedMasks(tracks, labels));
    this.#set(null);
    setPlaying(false);
    for (const { fromFrame, order } of continuations(unfinishedRun, range, prompted)) {
      seek(fromFrame);
      const isOver = await this.run(order);
      if (!isOver || this.#store.getState().footage?.footageId !== footage?.footageId) {
        return;
      }
    }
  }

  #set(unfinishedRun: UnfinishedRun | null): void {
    this.#store.getState().setUnfinishedRun(unfinishedRun);
  }
}
