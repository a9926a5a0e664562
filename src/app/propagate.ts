/** Runs a propagation: plans it, consumes the worker's stream, puts each frame on the timeline as it comes. */
import { isCancelled, toUserMessage, UserFacingError } from '../core/base/errors';
import { planPropagation, type PropagationPlan } from '../core/track/propagationPlan';
import type { PropagationDirection } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { PropagationExtent } from './maskflowApp';
import { RateMeter } from './rateMeter';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

type Run = {
  controller: AbortController;
  meter: RateMeter;
  resume: (() => void) | null;
  paused: Promise<void> | null;
};

export class Propagation {
  readonly #store: MaskflowStore;
  readonly #segment: Pick<SegmentService, 'propagate'>;
  readonly #settled: () => Promise<void>;
  readonly #unsubscribe: () => void;
  #run: Run | null = null;

  /** `settled` resolves when the prompted masks are up to date; a run must not start from stale ones. */
  constructor(
    store: MaskflowStore,
    segment: Pick<SegmentService, 'propagate'>,
    settled: () => Promise<void>,
  ) {
    this.#store = store;
    this.#segment = segment;
    this.#settled = settled;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage !== previous.footage) {
        this.stop();
      }
    });
  }

  async start(direction: PropagationDirection, extent: PropagationExtent): Promise<void> {
    if (this.#run) {
      return;
    }
    const run: Run = {
      controller: new AbortController(),
      meter: new RateMeter(),
      resume: null,
      paused: null,
    };
    this.#run = run;
    try {
      await this.#settled();
      const plans = this.#plan(direction, extent);
      const { currentFrame, beginPropagationRun, setPropagation } = this.#store.getState();
      beginPropagationRun();
      run.meter = new RateMeter();
      setPropagation({
        direction,
        startFrame: currentFrame,
        framesDone: 0,
        frameCount: plans.reduce((sum, plan) => sum + plan.frameCount, 0),
        lastFrame: null,
        framesPerSec: null,
        secondsLeft: null,
        state: 'running',
      });
      for (const plan of plans) {
        await this.#follow(plan, run);
      }
    } catch (error) {
      if (!isCancelled(error)) {
        this.#store.getState().showError(toUserMessage(error));
      }
    } finally {
      this.#run = null;
      this.#store.getState().setPropagation(null);
    }
  }

  pause(): void {
    const run = this.#run;
    if (run && !run.paused) {
      run.meter.pause();
      run.paused = new Promise((resolve) => {
        run.resume = resolve;
      });
      this.#setJobState('paused');
    }
  }

  resume(): void {
    const run = this.#run;
    if (run?.paused) {
      run.meter.resume();
      run.resume?.();
      run.paused = null;
      this.#setJobState('running');
    }
  }

  stop(): void {
    this.#setJobState('stopping');
    this.#run?.controller.abort();
    this.#run?.resume?.();
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.stop();
  }

  #setJobState(state: 'running' | 'paused' | 'stopping'): void {
    const { propagation, setPropagation } = this.#store.getState();
    if (propagation) {
      setPropagation({ ...propagation, state });
    }
  }

  #plan(direction: PropagationDirection, extent: PropagationExtent): PropagationPlan[] {
    const { tracks, labels, currentFrame, range } = this.#store.getState();
    const directions =
      direction === 'both' ? ([1, -1] as const) : ([direction === 'forward' ? 1 : -1] as const);
    const plans = directions.flatMap(
      (step) =>
        planPropagation(tracks, labels, currentFrame, {
          direction: step,
          untilPrompted: extent === 'untilPrompted',
          range,
        }) ?? [],
    );
    if (plans.length === 0) {
      throw new UserFacingError({
        code: 'propagation-nothing-to-do',
        what: `There is no frame to propagate to from frame ${currentFrame}.`,
        safe: 'Your prompts and masks are as they were.',
        todo: 'Go to another frame, choose the other direction, or move the in and out points.',
      });
    }
    if (plans.every((plan) => plan.startMasks.length === 0)) {
      throw new UserFacingError({
        code: 'propagation-no-masks',
        what: `Frame ${currentFrame} has no mask to propagate from.`,
        safe: 'Your prompts and masks are as they were.',
        todo: 'Draw a box or click a point on this frame, or go to a frame that has masks.',
      });
    }
    return plans;
  }

  async #follow(plan: PropagationPlan, run: Run): Promise<void> {
    const { labels, footage } = this.#store.getState();
    const { startFrame, endFrame, startMasks, conditioning } = plan;
    const stream = this.#segment.propagate(
      {
        engine: 'sam',
        startFrame,
        endFrame,
        labels: labels.map(({ objectId, role }) => ({ objectId, role })),
        startMasks,
        conditioning,
      },
      { signal: run.controller.signal },
    );
    let startMs = performance.now();
    for await (const frame of stream) {
      const state = this.#store.getState();
      if (run.controller.signal.aborted || state.footage !== footage) {
        break;
      }
      const known = new Set(state.labels.map((label) => label.objectId));
      const masks = frame.masks.filter(({ objectId }) => known.has(objectId));
      state.setFrameMasks(
        'propagated',
        frame.frameIndex,
        masks.map(({ objectId, mask }) => [objectId, mask] as const),
      );
      this.#report(frame.frameIndex, run);
      measureStep('propagatedFrame', startMs, { frameIndex: frame.frameIndex, ...frame.timings });
      await run.paused;
      startMs = performance.now();
    }
  }

  #report(lastFrame: number, run: Run): void {
    const { propagation, setPropagation } = this.#store.getState();
    if (propagation) {
      const framesDone = propagation.framesDone + 1;
      const rate = run.meter.frameDone(propagation.frameCount - framesDone);
      setPropagation({ ...propagation, ...rate, framesDone, lastFrame });
    }
  }
}
