/** Keeps the prompted masks true to the prompts: redraws every frame whose prompts changed, newest state first. */
import { isCancelled, toUserMessage } from '../core/base/errors';
import type { ObjectId } from '../core/base/ids';
import { promptedFrames } from '../core/prompt/promptSet';
import type { Prompt } from '../core/prompt/prompt';
import type { FrameMask } from '../core/track/maskTrack';
import { isGestureOpen } from '../state/gesture';
import type { MaskflowState } from '../state/maskflowState';
import { showStepNotice } from '../state/stepNotice';
import type { MaskflowStore } from '../state/store';
import { redrawNotices } from './redrawNotices';
import { handMade, isMaskMissing, promptedChanges, requestsOf, setsToDraw } from './promptedMasks';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

type Predictor = Pick<SegmentService, 'encode' | 'predict'>;

/** Encoding state is shown only when it lasts: an embedding at hand answers within a few milliseconds. */
const SHOW_ENCODING_AFTER_MS = 60;

/**
 * On WASM one drawing takes about as long as a user takes to finish a drag, and cannot be interrupted: begun in the
 * middle, it would hold up the one that counts. So it waits until the pointer is released or rests this long: longer
 * than a hand pauses in the middle of a sweep.
 */
const REST_MS = 200;

/** A drawing that was cancelled is asked for again, but not for ever: cancelled so often in a row it never comes. */
const MAX_CANCELS = 3;

/** Frames that have to be drawn again, each with the labels whose own prompts have changed there. */
type StaleFrames = Map<number, Set<ObjectId>>;

function changedPrompts(before: readonly Prompt[], after: readonly Prompt[]): Prompt[] {
  const old = new Set(before);
  const fresh = new Set(after);
  return [...before.filter((prompt) => !fresh.has(prompt)), ...after.filter((prompt) => !old.has(prompt))];
}

/** Frames on which the two lists of prompts differ. */
export function framesWithChangedPrompts(before: readonly Prompt[], after: readonly Prompt[]): Set<number> {
  return new Set(changedPrompts(before, after).map((prompt) => prompt.frameIndex));
}

function markStale(stale: StaleFrames, frameIndex: number, objectId: ObjectId | null): void {
  const own = stale.get(frameIndex) ?? new Set();
  stale.set(frameIndex, objectId === null ? own : own.add(objectId));
}

/** A point is placed at pointer-down, and most never move: its mask need not wait. */
function isPlacedPoint(before: readonly Prompt[], after: readonly Prompt[]): boolean {
  return after.length > before.length && after.at(-1)?.kind !== 'box';
}

/** Frames that have to be drawn again after a change of state. */
function staleFrames(state: MaskflowState, previous: MaskflowState): StaleFrames {
  const frames: StaleFrames = new Map();
  if (state.footage?.footageId !== previous.footage?.footageId) {
    return frames;
  }
  for (const prompt of changedPrompts(previous.prompts, state.prompts)) {
    const { frameIndex } = prompt;
    const objectId = prompt.kind === 'sharedPoint' ? null : prompt.objectId;
    // A mask made by hand that came with the prompts was brought back by history, and belongs to them.
    const isRestored =
      objectId !== null &&
      handMade(state.tracks, objectId, frameIndex) !== handMade(previous.tracks, objectId, frameIndex);
    markStale(frames, frameIndex, isRestored ? null : objectId);
  }
  if (state.useSharedPoints !== previous.useSharedPoints) {
    for (const prompt of state.prompts) {
      if (prompt.kind === 'sharedPoint') {
        markStale(frames, prompt.frameIndex, null);
      }
    }
  }
  // Both at once means that history or a deleted label replaced them: masks may be missing from before they were drawn.
  const isOtherAnnotation =
    state.prompts !== previous.prompts ||
    state.labels !== previous.labels ||
    state.acceptances !== previous.acceptances ||
    state.lastEdit !== previous.lastEdit;
  if (isOtherAnnotation && state.tracks !== previous.tracks) {
    promptedFrames(state.prompts)
      .filter((frame) => isMaskMissing(state, frame))
      .forEach((frame) => markStale(frames, frame, null));
  }
  return frames;
}

/** Whether the user has made a mask by hand while SAM was drawing: what SAM drew is out of date. */
function isMadeSince(
  before: MaskflowState,
  after: MaskflowState,
  objectId: ObjectId,
  frameIndex: number,
): boolean {
  const made = handMade(after.tracks, objectId, frameIndex);
  return made !== null && made !== handMade(before.tracks, objectId, frameIndex);
}

export class PromptFrames {
  readonly #store: MaskflowStore;
  readonly #segment: Predictor;
  readonly #stale: StaleFrames = new Map();
  readonly #unsubscribe: () => void;
  readonly #unsubscribeHistory: () => void;
  #running: Promise<void> | null = null;
  /** The frame encoded last: asking again for each prompt on it would cost a round trip to the worker. */
  #encodedFrame: number | null = null;
  #lastChangeMs = 0;
  /** Whether the last change may be one of many of a drag. */
  #isMoving = false;
  #isDraining = false;
  #cancelsInARow = 0;
  #wake: (() => void) | null = null;

  constructor(store: MaskflowStore, segment: Predictor) {
    this.#store = store;
    this.#segment = segment;
    // The end of a gesture lets history track again.
    this.#unsubscribeHistory = store.temporal.subscribe(() => this.#wake?.());
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage?.footageId !== previous.footage?.footageId) {
        this.#stale.clear();
        this.#encodedFrame = null;
      }
      for (const [frame, own] of staleFrames(state, previous)) {
        markStale(this.#stale, frame, null);
        own.forEach((objectId) => markStale(this.#stale, frame, objectId));
        this.#lastChangeMs = performance.now();
        this.#isMoving = !isPlacedPoint(previous.prompts, state.prompts);
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
    this.#unsubscribeHistory();
    this.#stale.clear();
  }

  #start(): void {
    if (!this.#isDraining && this.#stale.size > 0 && this.#store.getState().engine.kind === 'ready') {
      this.#isDraining = true;
      this.#running = this.#drain().finally(() => {
        this.#isDraining = false;
        this.#running = null;
        this.#start();
      });
    }
  }

  async #drain(): Promise<void> {
    while (this.#stale.size > 0 && this.#store.getState().engine.kind === 'ready') {
      const { currentFrame, footage } = this.#store.getState();
      const frameIndex = this.#stale.has(currentFrame) ? currentFrame : Math.min(...this.#stale.keys());
      this.#store.getState().setPredictingFrame(frameIndex);
      // No await for a placed point: its request leaves at once, ahead of React's render of the prompt. Other changes
      // can come several in one task, and are drawn together.
      if (this.#isMoving) {
        await this.#pointerRest();
      }
      // Other footage may have come meanwhile.
      const own = this.#stale.get(frameIndex);
      if (!own) {
        continue;
      }
      this.#stale.delete(frameIndex);
      try {
        await this.#redraw(frameIndex, own);
        this.#cancelsInARow = 0;
      } catch (error) {
        if (this.#store.getState().footage?.footageId === footage?.footageId) {
          this.#fail(frameIndex, own, error);
        }
      }
    }
    this.#tellIdle();
  }

  #tellIdle(): void {
    const { predictingFrame, setPredictingFrame } = this.#store.getState();
    if (predictingFrame !== null) {
      setPredictingFrame(null);
    }
  }

  /** Resolves at once unless a drag is under way on WASM, then when the pointer rests or is released. */
  async #pointerRest(): Promise<void> {
    const { engine } = this.#store.getState();
    const isSlow = engine.kind === 'ready' && engine.info.provider === 'wasm';
    while (isSlow && this.#isMoving && isGestureOpen(this.#store)) {
      const waitMs = this.#lastChangeMs + REST_MS - performance.now();
      if (waitMs <= 0) {
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, waitMs);
      });
    }
  }

  /**
   * A frame whose engine died under it is drawn again as soon as there is an engine, and one that the engine gave up,
   * having been told to forget the footage, at once.
   */
  #fail(frameIndex: number, own: ReadonlySet<ObjectId>, error: unknown): void {
    const message = toUserMessage(error);
    this.#encodedFrame = null;
    const isLost = message.code === 'engine-start-failed';
    this.#cancelsInARow = isCancelled(error) ? (this.#cancelsInARow + 1) % MAX_CANCELS : 0;
    if (isLost || this.#cancelsInARow > 0) {
      own.forEach((objectId) => markStale(this.#stale, frameIndex, objectId));
      markStale(this.#stale, frameIndex, null);
    }
    if (isLost) {
      this.#store.getState().setEngine({ kind: 'failed' });
    }
    if (!isCancelled(error)) {
      this.#store.getState().showError(message);
    }
  }

  async #redraw(frameIndex: number, own: ReadonlySet<ObjectId>): Promise<void> {
    const before = this.#store.getState();
    const masks = await this.#predict(before, frameIndex, own);
    const after = this.#store.getState();
    if (after.footage?.footageId === before.footage?.footageId) {
      const changes = promptedChanges(after, frameIndex, masks).filter(
        ([objectId]) => !isMadeSince(before, after, objectId, frameIndex),
      );
      const notices = redrawNotices({ before, after, frameIndex, own }, changes);
      after.setFrameMasks('prompted', frameIndex, changes);
      notices.forEach((text) => showStepNotice(this.#store, text));
      // In the same task as the masks, so that React renders once for both before they are painted.
      if (this.#stale.size === 0) {
        this.#tellIdle();
      }
    }
  }

  /** The masks of the prompted labels; those made by hand stay unless their `own` prompts have changed. */
  async #predict(
    state: MaskflowState,
    frameIndex: number,
    own: ReadonlySet<ObjectId>,
  ): Promise<Map<ObjectId, FrameMask>> {
    const sets = setsToDraw(state, frameIndex, own);
    if (sets.length === 0) {
      return new Map();
    }
    const prompted = new Set(sets.map((set) => set.objectId));
    const startMs = performance.now();
    // Both at once, for mostly the frame has been encoded; if not, the engine lets the drawing wait for it.
    const [, prediction] = await Promise.all([
      this.#encodedFrame === frameIndex ? null : this.#encode(frameIndex),
      this.#segment.predict(frameIndex, requestsOf(state, sets, frameIndex)),
    ]);
    measureStep('predict', startMs, { frameIndex, ...prediction.timings });
    return new Map(
      prediction.masks
        .filter(({ objectId }) => prompted.has(objectId))
        .map(({ objectId, mask }) => [objectId, mask]),
    );
  }

  async #encode(frameIndex: number): Promise<void> {
    const { setEncodingFrame } = this.#store.getState();
    const timer = setTimeout(() => setEncodingFrame(frameIndex), SHOW_ENCODING_AFTER_MS);
    const startMs = performance.now();
    try {
      const { encodeMs } = await this.#segment.encode(frameIndex);
      this.#encodedFrame = frameIndex;
      measureStep('encode', startMs, { frameIndex, encodeMs });
    } finally {
      clearTimeout(timer);
      setEncodingFrame(null);
    }
  }
}
