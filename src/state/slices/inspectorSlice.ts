/** Which part of the inspector is on show. It is how the user works, not what they made: undo leaves it alone. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import type { InspectorSlice } from './inspectorState';

export const createInspectorSlice: StateCreator<MaskflowState, [], [], InspectorSlice> = (set) => ({
  inspectorTab: 'masks',
  setInspectorTab: (inspectorTab) => set({ inspectorTab }),
});
