/** What footage is open, and which part of it is worked on. */
import type { StateCreator } from 'zustand/vanilla';
import type { FootageSlice, FrameRange, MaskflowState } from '../maskflowState';
import { frameCount } from '../../core/video/frameTable';
import type { FootageInfo } from '../../core/video/footageInfo';
import { neutralDisplay } from './displaySlice';

function fullRange(footage: FootageInfo | null): FrameRange {
  return { inFrame: 0, outFrame: footage ? frameCount(footage.frameTable) - 1 : 0 };
}

export const createFootageSlice: StateCreator<MaskflowState, [], [], FootageSlice> = (set, get) => ({
  footage: null,
  opening: null,
  range: { inFrame: 0, outFrame: 0 },
  setOpening: (opening) => set({ opening }),
  replaceFootage: (footage) => {
    set(({ messages }) => ({
      footage,
      range: fullRange(footage),
      currentFrame: 0,
      shownFrame: null,
      isPlaying: false,
      // Chosen for the picture that was open.
      display: neutralDisplay,
      // What went wrong while opening is over once something is open.
      messages: messages.filter(
        (entry) => entry.kind !== 'error' || !entry.message.code.startsWith('footage-'),
      ),
    }));
    get().resetAnnotation();
  },
  reattachFootage: (footage) => set({ footage, shownFrame: null, isPlaying: false }),
  setInFrame: (frameIndex) =>
    set(({ footage, range }) => {
      const last = fullRange(footage).outFrame;
      const inFrame = Math.min(Math.max(frameIndex, 0), last);
      return { range: { inFrame, outFrame: Math.max(range.outFrame, inFrame) } };
    }),
  setOutFrame: (frameIndex) =>
    set(({ footage, range }) => {
      const last = fullRange(footage).outFrame;
      const outFrame = Math.min(Math.max(frameIndex, 0), last);
      return { range: { inFrame: Math.min(range.inFrame, outFrame), outFrame } };
    }),
  setImageRate: (framesPerSec) =>
    set(({ footage }) => {
      if (footage?.kind !== 'images' || !(framesPerSec > 0 && Number.isFinite(framesPerSec))) {
        return {};
      }
      const count = frameCount(footage.frameTable);
      const timestampsSec = Float64Array.from({ length: count }, (_, index) => index / framesPerSec);
      const frameTable = { timestampsSec, lastDurationSec: 1 / framesPerSec };
      return { footage: { ...footage, frameTable, frameRate: framesPerSec } };
    }),
  resetRange: () => set(({ footage }) => ({ range: fullRange(footage) })),
});
