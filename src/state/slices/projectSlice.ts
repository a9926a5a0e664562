/** Which project is open, and whether it is saved. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import type { ProjectSlice } from './projectState';

export const createProjectSlice: StateCreator<MaskflowState, [], [], ProjectSlice> = (set) => ({
  project: null,
  saveState: { kind: 'nothing' },
  projectQuestion: null,
  restored: null,
  isProjectListOpen: false,
  isUpdateReady: false,
  setProjectData: (change) => set(change),
});
