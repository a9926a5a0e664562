/** What the segmentation engine is and what it is busy with. */
import type { StateCreator } from 'zustand/vanilla';
import { BUILT_IN_MODEL } from '../../core/models/shelf';
import type { EngineSlice, MaskflowState } from '../maskflowState';

export const createEngineSlice: StateCreator<MaskflowState, [], [], EngineSlice> = (set) => ({
  engine: { kind: 'loading', phase: 'Starting', fraction: null },
  encodingFrame: null,
  predictingFrame: null,
  propagationEngine: 'memory',
  promptingModel: BUILT_IN_MODEL,
  workingSize: 'auto',
  setWorkingSize: (workingSize) => set({ workingSize }),
  setPropagationEngine: (propagationEngine) => set({ propagationEngine }),
  setPromptingModel: (promptingModel) => set({ promptingModel }),
  setEngine: (engine) => set({ engine }),
  setEncodingFrame: (encodingFrame) => set({ encodingFrame }),
  setPredictingFrame: (predictingFrame) => set({ predictingFrame }),
});
