/** Where the playhead is and whether it moves by itself. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState, PlaybackSlice } from '../maskflowState';
import { frameCount } from '../../core/video/frameTable';
import { shuttledSpeed } from '../../core/video/shuttle';

export const createPlaybackSlice: StateCreator<MaskflowState, [], [], PlaybackSlice> = (set, get) => ({
  currentFrame: 0,
  shownFrame: null,
  isShownReduced: false,
  isPlaying: false,
  playbackRate: 1,
  shuttleSpeed: 1,
  isLooping: false,
  seek: (frameIndex) =>
    set(({ footage }) => {
      const last = footage ? frameCount(footage.frameTable) - 1 : 0;
      return { currentFrame: Math.min(Math.max(Math.round(frameIndex), 0), last) };
    }),
  step: (frames) => get().seek(get().currentFrame + frames),
  setShownFrame: (shownFrame, isShownReduced = false) => set({ shownFrame, isShownReduced }),
  setPlaying: (isPlaying) => set({ isPlaying, shuttleSpeed: 1 }),
  setPlaybackRate: (playbackRate) => set({ playbackRate }),
  shuttle: (direction) =>
    set(({ footage, isPlaying, shuttleSpeed }) =>
      footage
        ? { isPlaying: true, shuttleSpeed: shuttledSpeed(isPlaying ? shuttleSpeed : 0, direction) }
        : {},
    ),
  setLooping: (isLooping) => set({ isLooping }),
});
