/** Which tool is in hand. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState, ToolSlice } from '../maskflowState';

export const createToolSlice: StateCreator<MaskflowState, [], [], ToolSlice> = (set) => ({
  tool: 'box',
  setTool: (tool) => set({ tool }),
});
