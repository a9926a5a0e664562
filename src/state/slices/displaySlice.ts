/** How picture and masks are looked at. */
import type { StateCreator } from 'zustand/vanilla';
import { clampedAdjustments, neutralAdjustments } from '../../core/display/displayAdjustments';
import type { MaskflowState } from '../maskflowState';
import type { DisplaySettings, DisplaySlice } from './displayState';

/** The picture as it is in the file, for eye and model. */
export const neutralDisplay: DisplaySettings = { adjustments: neutralAdjustments, isForModel: false };

export const createDisplaySlice: StateCreator<MaskflowState, [], [], DisplaySlice> = (set) => ({
  overlayStyle: { kind: 'fillAndOutline', hasOnionSkin: false },
  display: neutralDisplay,
  setOverlayStyle: (change) => set(({ overlayStyle }) => ({ overlayStyle: { ...overlayStyle, ...change } })),
  setAdjustments: (change) =>
    set(({ display }) => ({
      display: { ...display, adjustments: clampedAdjustments({ ...display.adjustments, ...change }) },
    })),
  setForModel: (isForModel) => set(({ display }) => ({ display: { ...display, isForModel } })),
  resetAdjustments: () =>
    set(({ display }) => ({ display: { ...display, adjustments: neutralAdjustments } })),
});
