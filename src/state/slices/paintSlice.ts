/** Settings of the painting tools. They are how the user works, not what they made: undo leaves them alone. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState } from '../maskflowState';
import { BRUSH_RANGE_PX, type PaintSlice } from './paintState';

const FIRST_BRUSH_PX = 20;

export const createPaintSlice: StateCreator<MaskflowState, [], [], PaintSlice> = (set) => ({
  brushPx: FIRST_BRUSH_PX,
  paintOrder: 'onTop',
  isRemoving: false,
  isErasingAll: false,
  paintNote: null,
  setBrushPx: (brushPx) =>
    set(
      Number.isFinite(brushPx)
        ? { brushPx: Math.min(Math.max(brushPx, BRUSH_RANGE_PX.min), BRUSH_RANGE_PX.max) }
        : {},
    ),
  setPaintOrder: (paintOrder) => set({ paintOrder, paintNote: null }),
  setRemoving: (isRemoving) => set({ isRemoving, paintNote: null }),
  setErasingAll: (isErasingAll) => set({ isErasingAll, paintNote: null }),
  setPaintNote: (paintNote) => set({ paintNote }),
});
