/** One run at a time that puts masks on the timeline frame by frame: progress, pause, resume, stop. */
import { cancelledError, isCancelled, toUserMessage } from '../core/base/errors';
import type { ObjectId } from '../core/base/ids';
import type { Label } from '../core/label/label';
import type { RunParameters, RunResult } from '../core/provenance/log';
import type { FrameMask, Tracks } from '../core/track/maskTrack';
import { engineNames } from '../core/segment/engineNames';
import type { VersionNote } from '../core/track/maskVersions';
import { regionRle, withLockedKept } from '../core/track/regions';
import type { PropagationJob } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { PropagatedFrame } from '../workers/segment/segmentProtocol';
import { RateMeter } from './rateMeter';
import { measureStep } from './stepMeasure';

/** A stretch of frames to draw, one after the other; `frameCount` counts those that come twice twice. */
export type RunPart = {
  readonly frameCount: number;
  readonly frames: (signal: AbortSignal) => AsyncIterable<PropagatedFrame>;
};

/** A model that has to be loaded before the first frame. */
export type RunModel = {
  readonly name: string;
  readonly load: (signal: AbortSignal) => Promise<void>;
};

/** What a run does, and what the masks it changes are remembered by. */
export type RunPlan = {
  readonly parts: readonly RunPart[];
  /** Left out where nothing has to be loaded. */
  readonly model?: RunModel;
  readonly note: VersionNote;
  /** Whether some frames come twice, first on the way and then for good. */
  readonly hasTwoPasses?: boolean;
  /** What the log tells of the run. */
  readonly parameters: RunParameters;
};

/** Hears of runs as they go. */
export type RunLog = {
  runBegan(parameters: RunParameters): void;
  runDrew(frame: PropagatedFrame): void;
  runEnded(outcome: RunResult['outcome']): void;
};

type Run = {
  readonly controller: AbortController;
  meter: RateMeter;
  resume: (() => void) | null;
  paused: Promise<void> | null;
};

/** What a run drew of a frame, with what is there now in locked regions. */
export function masksToKeep(
  { tracks, labels }: { readonly tracks: Tracks; readonly labels: readonly Label[] },
  { frameIndex, masks }: Pick<PropagatedFrame, 'frameIndex' | 'masks'>,
): (readonly [ObjectId, FrameMask])[] {
  const locked = regionRle(tracks, labels, frameIndex, 'locked');
  return masks.map(({ objectId, mask }) => {
    const before = tracks.get(objectId)?.propagated.get(frameIndex)?.rle ?? null;
    return [objectId, withLockedKept(mask, before, locked)] as const;
  });
}

export class MaskRun {
  readonly #store: MaskflowStore;
  readonly #settled: () => Promise<void>;
  readonly #log: RunLog | null;
  readonly #unsubscribe: () => void;
  #run: Run | null = null;

  /** `settled` resolves when the prompted masks are up to date; a run must not start from stale ones. */
  constructor(store: MaskflowStore, settled: () => Promise<void>, log: RunLog | null = null) {
    this.#store = store;
    this.#settled = settled;
    this.#log = log;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage?.footageId !== previous.footage?.footageId) {
        this.stop();
      }
    });
  }

  /**
   * Runs what `plan` makes of the settled state, as one step of undo; the masks before it become a version. Does nothing while a run is on. What
   * `plan` or a part throws is shown to the user; frames drawn until then stay.
   */
  async start(kind: PropagationJob['kind'], plan: () => RunPlan): Promise<void> {
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
    this.#announce(kind, 0, 'waiting');
    let outcome: RunResult['outcome'] = 'done';
    try {
      await this.#settled();
      if (run.controller.signal.aborted) {
        throw cancelledError();
      }
      const { parts, model, note, parameters, hasTwoPasses = false } = plan();
      this.#store.getState().beginPropagationRun(note);
      this.#log?.runBegan(parameters);
      const frameCount = parts.reduce((sum, part) => sum + part.frameCount, 0);
      this.#announce(kind, frameCount, run.paused ? 'paused' : 'running', hasTwoPasses);
      await (model && this.#load(model, run));
      run.meter = new RateMeter();
      for (const part of parts) {
        await this.#follow(part, run);
      }
      outcome = run.controller.signal.aborted ? 'stopped' : 'done';
    } catch (error) {
      outcome = isCancelled(error) ? 'stopped' : 'failed';
      if (!isCancelled(error)) {
        this.#store.getState().showError(toUserMessage(error));
      }
    } finally {
      this.#run = null;
      this.#log?.runEnded(outcome);
      this.#store.getState().setPropagation(null);
    }
  }

  pause(): void {
    const run = this.#run;
    if (run && !run.paused && !run.controller.signal.aborted) {
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
    if (this.#run) {
      this.#setJobState('stopping');
      this.#run.controller.abort();
      this.#run.resume?.();
    }
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.stop();
  }

  #announce(
    kind: PropagationJob['kind'],
    frameCount: number,
    state: PropagationJob['state'],
    hasTwoPasses = false,
  ): void {
    const { engine, propagationEngine, setPropagation } = this.#store.getState();
    // What prompts redraws; which that is cannot change while a run is on.
    const redrawer = engine.kind === 'ready' ? { drawnBy: engine.info.modelName } : {};
    setPropagation({
      kind,
      ...(kind === 'refine' ? redrawer : { drawnBy: engineNames[propagationEngine] }),
      framesDone: 0,
      frameCount,
      lastFrame: null,
      framesPerSec: null,
      secondsLeft: null,
      hasTwoPasses,
      state,
    });
  }

  #setJobState(state: PropagationJob['state']): void {
    const { propagation, setPropagation } = this.#store.getState();
    if (propagation) {
      setPropagation({ ...propagation, state });
    }
  }

  /** Says what is loaded; frames begin when it is, and when the run is not paused. */
  async #load({ name, load }: RunModel, run: Run): Promise<void> {
    const tell = (loading?: string): void => {
      const { propagation, setPropagation } = this.#store.getState();
      if (propagation) {
        const { loading: _before, ...job } = propagation;
        setPropagation(loading === undefined ? job : { ...job, loading });
      }
    };
    tell(name);
    try {
      await load(run.controller.signal);
    } finally {
      tell();
    }
    await run.paused;
  }

  async #follow(part: RunPart, run: Run): Promise<void> {
    const { labels, footage } = this.#store.getState();
    let startMs = performance.now();
    for await (const frame of part.frames(run.controller.signal)) {
      if (run.controller.signal.aborted || this.#store.getState().footage?.footageId !== footage?.footageId) {
        break;
      }
      this.#keep(frame, labels);
      this.#log?.runDrew(frame);
      this.#report(frame.frameIndex, run);
      measureStep('propagatedFrame', startMs, { frameIndex: frame.frameIndex, ...frame.timings });
      await run.paused;
      startMs = performance.now();
    }
  }

  /** Labels deleted while the run goes on get no masks; locked pixels keep what they have. */
  #keep({ frameIndex, masks }: PropagatedFrame, startLabels: readonly Label[]): void {
    const state = this.#store.getState();
    const known = new Set(state.labels.map((label) => label.objectId));
    const isLive = new Set(startLabels.map((label) => label.objectId).filter((id) => known.has(id)));
    const kept = masks.filter(({ objectId }) => isLive.has(objectId));
    state.setFrameMasks('propagated', frameIndex, masksToKeep(state, { frameIndex, masks: kept }));
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
