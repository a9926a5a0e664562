/** Keeps the scores of the two compared sets up to date: frame by frame, in their worker, only what has changed. */
import { isCancelled, toUserMessage } from '../../core/base/errors';
import { changedFrames } from '../../core/compare/changedFrames';
import { frameToScore, type FrameScores } from '../../core/compare/comparisonFrames';
import { commonFrames } from '../../core/compare/maskSet';
import { comparedSets, type ComparedSets } from '../../state/maskSets';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import type { CompareScorer } from '../services';

/** A batch is one message to the worker: small, for it cannot be cancelled. */
const BATCH_FRAMES = 4;
/** After a change, so that the strokes of a correction are scored together. */
const SETTLE_MS = 300;

export class Scorer {
  readonly #store: MaskflowStore;
  readonly #comparer: CompareScorer;
  readonly #unsubscribe: () => void;
  /** What the scores in the state are of. */
  #scored: ComparedSets | null = null;
  /** Whether scores are to be kept up to date. */
  #isWanted = false;
  #run: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: MaskflowStore, comparer: CompareScorer) {
    this.#store = store;
    this.#comparer = comparer;
    this.#unsubscribe = store.subscribe((state, previous) => this.#notice(state, previous));
  }

  start(): void {
    this.#isWanted = true;
    this.#bringUpToDate();
  }

  stop(): void {
    this.#isWanted = false;
    this.#run?.abort();
    this.#run = null;
    this.#store.getState().setCompareData({ comparisonJob: null });
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    this.#run?.abort();
  }

  #notice(state: MaskflowState, previous: MaskflowState): void {
    if (state.footage?.footageId !== previous.footage?.footageId) {
      // Other footage begins without scores, and nobody has asked for any.
      this.stop();
      this.#scored = null;
      return;
    }
    const mayMatter =
      state.tracks !== previous.tracks ||
      state.labels !== previous.labels ||
      hasOtherSets(state, previous) ||
      state.references !== previous.references ||
      state.versions !== previous.versions ||
      state.resultSets !== previous.resultSets ||
      state.range !== previous.range ||
      (previous.propagation !== null && state.propagation === null);
    if (mayMatter && (this.#isWanted || this.#scored)) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#bringUpToDate(), SETTLE_MS);
    }
  }

  /** Drops scores that no longer hold, and scores what is missing. */
  #bringUpToDate(): void {
    const state = this.#store.getState();
    const sets = comparedSets(state);
    const scores = scoresThatHold(state.comparisonScores, this.#scored, sets);
    this.#scored = sets;
    if (scores !== state.comparisonScores) {
      state.setCompareData({ comparisonScores: scores });
    }
    // A run changes masks all the time, and needs the processor itself.
    if (sets && this.#isWanted && state.propagation === null) {
      void this.#score(sets);
    } else {
      this.#run?.abort();
      this.#run = null;
      state.setCompareData({ comparisonJob: null });
    }
  }

  async #score(sets: ComparedSets): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    const { setCompareData, showError } = this.#store.getState();
    const frames = missingFrames(this.#store.getState(), sets);
    try {
      for (let done = 0; done < frames.length; done += BATCH_FRAMES) {
        setCompareData({ comparisonJob: { framesDone: done, frameCount: frames.length } });
        const batch = frames.slice(done, done + BATCH_FRAMES);
        await this.#scoreBatch(sets, batch, run.signal);
      }
    } catch (error) {
      if (!run.signal.aborted && !isCancelled(error)) {
        this.#isWanted = false;
        showError(toUserMessage(error));
      }
    } finally {
      if (this.#run === run) {
        this.#run = null;
        setCompareData({ comparisonJob: null });
      }
    }
  }

  async #scoreBatch(
    { a, b, pairs }: ComparedSets,
    frames: readonly number[],
    signal: AbortSignal,
  ): Promise<void> {
    const toScore = frames.flatMap((frame) => frameToScore(a, b, pairs, frame) ?? []);
    const found = await this.#comparer.score(toScore, { signal });
    const scores = new Map(this.#store.getState().comparisonScores);
    found.forEach((entry) => scores.set(entry.frameIndex, entry));
    this.#store.getState().setCompareData({ comparisonScores: scores });
  }
}

function hasOtherSets({ comparison }: MaskflowState, { comparison: before }: MaskflowState): boolean {
  const { aKey, bKey, mapping } = comparison;
  return aKey !== before.aKey || bKey !== before.bKey || mapping !== before.mapping;
}

/** The frames of the range that both sets have and that are not scored, the one on show first. */
function missingFrames(
  { range, comparisonScores, currentFrame }: MaskflowState,
  { a, b }: ComparedSets,
): number[] {
  return commonFrames(a, b)
    .filter((frame) => frame >= range.inFrame && frame <= range.outFrame && !comparisonScores.has(frame))
    .toSorted((x, y) => Number(y === currentFrame) - Number(x === currentFrame) || x - y);
}

function scoresThatHold(
  scores: ReadonlyMap<number, FrameScores>,
  before: ComparedSets | null,
  after: ComparedSets | null,
): ReadonlyMap<number, FrameScores> {
  if (scores.size === 0 || before === after) {
    return scores;
  }
  if (!before || !after || before.pairs !== after.pairs) {
    return new Map();
  }
  const changes = [changedFrames(before.a, after.a), changedFrames(before.b, after.b)];
  if (changes.includes('all')) {
    return new Map();
  }
  const gone = [...scores.keys()].filter((frame) =>
    changes.some((frames) => frames !== 'all' && frames.has(frame)),
  );
  return gone.length === 0 ? scores : new Map([...scores].filter(([frame]) => !gone.includes(frame)));
}
