/** Moves the playhead in real time while playing: presentation times decide, never a frame counter. */
import { endOfFrame, frameAtTime, timestampOfFrame, type FrameTable } from '../core/video/frameTable';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';

export type Ticker = {
  request(callback: (nowMs: number) => void): number;
  cancel(handle: number): void;
};

const animationFrames: Ticker = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
};

type Playing = Pick<MaskflowState, 'range' | 'isLooping'> & { readonly table: FrameTable };

/**
 * Where playing is after `stepSec` of media time (negative: backward), inside the in/out range; at the end of the range
 * it stops as soon as the last frame is reached, or goes on at the other end once that has been shown for its time.
 */
function advanced(
  mediaSec: number,
  stepSec: number,
  { table, range, isLooping }: Playing,
): { readonly mediaSec: number; readonly isOver: boolean } {
  const { inFrame, outFrame } = range;
  const next = mediaSec + stepSec;
  const startSec = timestampOfFrame(table, inFrame);
  const endSec = endOfFrame(table, outFrame);
  if (isLooping) {
    const hasLeft = stepSec < 0 ? next < startSec : next >= endSec;
    // Just inside the last frame: its end is the start of a frame outside the range.
    const entry = stepSec < 0 ? (timestampOfFrame(table, outFrame) + endSec) / 2 : startSec;
    return { mediaSec: hasLeft ? entry : next, isOver: false };
  }
  const frame = frameAtTime(table, next);
  return { mediaSec: next, isOver: stepSec < 0 ? frame <= inFrame : frame >= outFrame };
}

/**
 * Starts following `isPlaying`, at `playbackRate` times `shuttleSpeed`; stops at the end of the in/out range it runs
 * towards, or goes around when looping. Starting at (or beyond) that end begins at the other one. Returns the function
 * that ends it.
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
    const { footage, isPlaying, playbackRate, shuttleSpeed, currentFrame, range, isLooping } =
      store.getState();
    if (!isPlaying || !footage) {
      return;
    }
    if (currentFrame !== ownFrame) {
      syncToPlayhead();
    }
    const elapsedSec = lastMs === null ? 0 : (nowMs - lastMs) / 1000;
    lastMs = nowMs;
    const table = footage.frameTable;
    // Never 0: its sign tells which way the clip runs.
    const stepSec = (elapsedSec || Number.MIN_VALUE) * playbackRate * shuttleSpeed;
    const moved = advanced(mediaSec, stepSec, { table, range, isLooping });
    mediaSec = moved.mediaSec;
    ownFrame = Math.min(Math.max(frameAtTime(table, mediaSec), range.inFrame), range.outFrame);
    store.getState().seek(ownFrame);
    if (moved.isOver) {
      store.getState().setPlaying(false);
    } else {
      handle = ticker.request(tick);
    }
  }

  function start(): void {
    const { currentFrame, range, shuttleSpeed } = store.getState();
    const isOutside = currentFrame < range.inFrame || currentFrame > range.outFrame;
    const [first, last] =
      shuttleSpeed < 0 ? [range.outFrame, range.inFrame] : [range.inFrame, range.outFrame];
    if (isOutside || currentFrame === last) {
      store.getState().seek(first);
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
