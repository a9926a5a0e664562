/** Keeps what is known of the models of the shelf. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import type { ModelsSlice } from './modelsState';

export const createModelsSlice: StateCreator<MaskflowState, [], [], ModelsSlice> = (set) => ({
  modelStates: {},
  shownModel: null,
  setModelState: (id, status) =>
    set(({ modelStates }) => ({ modelStates: { ...modelStates, [id]: status } })),
  showModels: (shownModel) => set({ shownModel, openTool: 'models' }),
});
