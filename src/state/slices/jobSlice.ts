/** Long work in progress: propagation and export. */
import type { StateCreator } from 'zustand/vanilla';
import type { JobSlice, MaskflowState } from '../maskflowState';

export const createJobSlice: StateCreator<MaskflowState, [], [], JobSlice> = (set) => ({
  propagation: null,
  exporting: null,
  isSoftExported: false,
  unfinishedRun: null,
  setUnfinishedRun: (unfinishedRun) => set({ unfinishedRun }),
  setSoftExported: (isSoftExported) => set({ isSoftExported }),
  setPropagation: (propagation) => set({ propagation }),
  setExporting: (exporting) => set({ exporting }),
});
