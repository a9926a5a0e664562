/** Encodes the frame the user rests on, so that the first prompt there draws its mask at once. */
import { isCancelled } from '../core/base/errors';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import { LatestWins } from './latestWins';
import type { SegmentService } from './services';
import { measureStep } from './stepMeasure';

/** Long enough that scrubbing past a frame does not encode it. */
const REST_MS = 350;

function shouldPrepare(state: MaskflowState): boolean {
  return (
    state.engine.kind === 'ready' && state.footage !== null && !state.isPlaying && state.propagation === null
  );
}

/** Starts preparing frames; returns the function that ends it. */
export function startPreparingFrames(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'encode'>,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leaving = new AbortController();

  const encodes = new LatestWins<number>(async (frameIndex) => {
    const state = store.getState();
    if (!shouldPrepare(state) || state.currentFrame !== frameIndex) {
      return;
    }
    state.setEncodingFrame(frameIndex);
    const startMs = performance.now();
    try {
      const { encodeMs } = await segment.encode(frameIndex, { signal: leaving.signal });
      measureStep('encode', startMs, { frameIndex, encodeMs });
    } catch (error) {
      // The prompt that needs this frame will try again and tell the user; nobody has asked for anything yet.
      if (!isCancelled(error)) {
        console.warn('preparing a frame failed', error);
      }
    } finally {
      if (store.getState().encodingFrame === frameIndex) {
        store.getState().setEncodingFrame(null);
      }
    }
  });

  function schedule(): void {
    clearTimeout(timer);
    // An encoding that has begun cannot be interrupted; one still waiting for its turn need not begin.
    leaving.abort();
    leaving = new AbortController();
    timer = setTimeout(() => {
      if (shouldPrepare(store.getState())) {
        encodes.request(store.getState().currentFrame);
      }
    }, REST_MS);
  }

  const unsubscribe = store.subscribe((state, previous) => {
    const mattered =
      state.currentFrame !== previous.currentFrame ||
      state.footage !== previous.footage ||
      state.engine.kind !== previous.engine.kind ||
      state.isPlaying !== previous.isPlaying ||
      (state.propagation === null) !== (previous.propagation === null);
    if (mattered) {
      schedule();
    }
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
