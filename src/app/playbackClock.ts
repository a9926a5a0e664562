/** Moves the playhead in real time while playing: presentation times decide, never a frame counter. */
import { frameAtTime, timestampOfFrame } from '../core/video/frameTable';
import type { MaskflowStore } from '../state/store';

export type Ticker = {
  request(callback: (nowMs: number) => void): number;
  cancel(handle: number): void;
};

const animationFrames: Ticker = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};

/**
 * Starts following `isPlaying`; stops at the out point. Starting at (or beyond) the out point begins at the in point.
 * Returns the function that ends it.
 */
export function startPlaybackClock(store: MaskflowStore, ticker: Ticker = animationFrames): () => void {
  let handle = 0;
  let lastMs: number | null = null;
  let mediaSec = 0;
  let ownFrame = -1;

  function syncToPlayhead(): void {
    const { footage, currentFrame } = store.getState();
    mediaSec = footage ? timestampOfFrame(footage.frameTable, currentFrame) : 0;
    ownFrame = currentFrame;
  }

  function tick(nowMs: number): void {
    const { footage, isPlaying, playbackRate, currentFrame, range } = store.getState();
    if (!isPlaying || !footage) {
      return;
    }
    if (currentFrame !== ownFrame) {
      syncToPlayhead();
    }
    mediaSec += lastMs === null ? 0 : ((nowMs - lastMs) / 1000) * playbackRate;
    lastMs = nowMs;
    ownFrame = Math.min(frameAtTime(footage.frameTable, mediaSec), range.outFrame);
    store.getState().seek(ownFrame);
    if (ownFrame >= range.outFrame) {
      store.getState().setPlaying(false);
    } else {
      handle = ticker.request(tick);
    }
  }

  function start(): void {
    const { currentFrame, range } = store.getState();
    if (currentFrame >= range.outFrame || currentFrame < range.inFrame) {
      store.getState().seek(range.inFrame);
    }
    syncToPlayhead();
    lastMs = null;
    handle = ticker.request(tick);
  }

  const unsubscribe = store.subscribe((state, previous) => {
    if (state.isPlaying && !previous.isPlaying) {
      start();
    } else if (!state.isPlaying && previous.isPlaying) {
      ticker.cancel(handle);
    }
  });
  return () => {
    unsubscribe();
    ticker.cancel(handle);
  };
}
