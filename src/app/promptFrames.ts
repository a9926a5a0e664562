/** Keeps the prompted masks true to the prompts: redraws every frame whose prompts changed, newest state first. */
import { isCancelled, toUserMessage } from '../core/base/errors';
import type { ObjectId } from '../core/base/ids';
import { promptSetsOfFrame } from '../core/prompt/promptSet';
import type { Prompt } from '../core/prompt/prompt';
import type { FrameMask } from '../core/track/maskTrack';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

type Predictor = Pick<SegmentService, 'encode' | 'predict'>;

/** Encoding state is shown only when it lasts: an embedding at hand answers within a few milliseconds. */
const SHOW_ENCODING_AFTER_MS = 60;

/** Frames on which the two lists of prompts differ. */
export function framesWithChangedPrompts(before: readonly Prompt[], after: readonly Prompt[]): Set<number> {
  const old = new Set(before);
  const fresh = new Set(after);
  const changed = [
    ...before.filter((prompt) => !fresh.has(prompt)),
    ...after.filter((prompt) => !old.has(prompt)),
  ];
  return new Set(changed.map((prompt) => prompt.frameIndex));
}

/** Frames that have to be drawn again after a change of state. */
function staleFrames(state: MaskflowState, previous: MaskflowState): Set<number> {
  if (state.footage !== previous.footage) {
    return new Set();
  }
  const frames = framesWithChangedPrompts(previous.prompts, state.prompts);
  if (state.useSharedPoints !== previous.useSharedPoints) {
    for (const prompt of state.prompts) {
      if (prompt.kind === 'sharedPoint') {
        frames.add(prompt.frameIndex);
      }
    }
  }
  return frames;
}

export class PromptFrames {
  readonly #store: MaskflowStore;
  readonly #segment: Predictor;
  readonly #stale = new Set<number>();
  readonly #unsubscribe: () => void;
  #running: Promise<void> | null = null;

  constructor(store: MaskflowStore, segment: Predictor) {
    this.#store = store;
    this.#segment = segment;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage !== previous.footage) {
        this.#stale.clear();
      }
      for (const frame of staleFrames(state, previous)) {
        this.#stale.add(frame);
      }
      const becameReady = state.engine.kind === 'ready' && previous.engine.kind !== 'ready';
      if (this.#stale.size > 0 || becameReady) {
        this.#start();
      }
    });
  }

  /** Resolves when every prompted mask is up to date. */
  async settled(): Promise<void> {
    while (this.#running) {
      await this.#running;
    }
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.#stale.clear();
  }

  #start(): void {
    if (!this.#running && this.#stale.size > 0 && this.#store.getState().engine.kind === 'ready') {
      this.#running = this.#drain().finally(() => {
        this.#running = null;
        this.#start();
      });
    }
  }

  async #drain(): Promise<void> {
    while (this.#stale.size > 0 && this.#store.getState().engine.kind === 'ready') {
      const { currentFrame } = this.#store.getState();
      const frameIndex = this.#stale.has(currentFrame) ? currentFrame : Math.min(...this.#stale);
      this.#stale.delete(frameIndex);
      this.#store.getState().setPredictingFrame(frameIndex);
      try {
        await this.#redraw(frameIndex);
      } catch (error) {
        this.#fail(frameIndex, error);
      }
    }
    this.#store.getState().setPredictingFrame(null);
  }

  /** A frame whose engine died under it is drawn again as soon as there is an engine. */
  #fail(frameIndex: number, error: unknown): void {
    const { setEngine, showError } = this.#store.getState();
    const message = toUserMessage(error);
    if (message.code === 'engine-start-failed') {
      this.#stale.add(frameIndex);
      setEngine({ kind: 'failed' });
    }
    if (!isCancelled(error)) {
      showError(message);
    }
  }

  async #redraw(frameIndex: number): Promise<void> {
    const before = this.#store.getState();
    const sets = promptSetsOfFrame(
      before.prompts,
      frameIndex,
      before.labels.map((label) => label.objectId),
      before.useSharedPoints,
    );
    const roles = new Map(before.labels.map((label) => [label.objectId, label.role]));
    const masks = new Map<ObjectId, FrameMask>();
    if (sets.length > 0) {
      await this.#encode(frameIndex);
      const requests = sets.map(
        (prompts) => ({ role: roles.get(prompts.objectId) ?? 'object', prompts }) as const,
      );
      const startMs = performance.now();
      const prediction = await this.#segment.predict(frameIndex, requests);
      measureStep('predict', startMs, { frameIndex, ...prediction.timings });
      prediction.masks.forEach(({ objectId, mask }) => masks.set(objectId, mask));
    }
    const after = this.#store.getState();
    if (after.footage === before.footage) {
      const changes = after.labels
        .map(({ objectId }) => [objectId, masks.get(objectId) ?? null] as const)
        .filter(([objectId, mask]) => mask !== null || after.tracks.get(objectId)?.prompted.has(frameIndex));
      after.setFrameMasks('prompted', frameIndex, changes);
    }
  }

  async #encode(frameIndex: number): Promise<void> {
    const { setEncodingFrame } = this.#store.getState();
    const timer = setTimeout(() => setEncodingFrame(frameIndex), SHOW_ENCODING_AFTER_MS);
    const startMs = performance.now();
    try {
      const { encodeMs } = await this.#segment.encode(frameIndex);
      measureStep('encode', startMs, { frameIndex, encodeMs });
    } finally {
      clearTimeout(timer);
      setEncodingFrame(null);
    }
  }
}
