/** Which part of the inspector is on show. It is how the user works, not what they made: undo leaves it alone. */
import type { StateCreator } from 'zustand/vanilla';
import { isCalibrationTool } from '../calibrationTools';
import type { MaskflowState } from '../maskflowState';
import type { InspectorSlice } from './inspectorState';

export const createInspectorSlice: StateCreator<MaskflowState, [], [], InspectorSlice> = (set) => ({
  inspectorTab: 'masks',
  setInspectorTab: (inspectorTab) =>
    set(({ tool, inspectorTab: before }) => ({
      inspectorTab,
      // What calibrates is put down with the tab that it belongs to.
      ...(before === 'measure' && inspectorTab !== 'measure' && isCalibrationTool(tool)
        ? { tool: 'select' as const }
        : {}),
    })),
});
