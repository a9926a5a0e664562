/** What the segmentation engine is and what it is busy with. */
import type { StateCreator } from 'zustand/vanilla';
import type { EngineSlice, MaskflowState } from '../maskflowState';

export const createEngineSlice: StateCreator<MaskflowState, [], [], EngineSlice> = (set) => ({
  engine: { kind: 'loading', phase: 'Starting', fraction: null },
  encodingFrame: null,
  predictingFrame: null,
  propagationEngine: 'memory',
  setPropagationEngine: (propagationEngine) => set({ propagationEngine }),
  setEngine: (engine) => set({ engine }),
  setEncodingFrame: (encodingFrame) => set({ encodingFrame }),
  setPredictingFrame: (predictingFrame) => set({ predictingFrame }),
});
