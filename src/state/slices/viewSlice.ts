/** How the picture is looked at: zoom, overlay, theme. */
import type { StateCreator } from 'zustand/vanilla';
import type { MaskflowState, ViewSlice } from '../maskflowState';

export const createViewSlice: StateCreator<MaskflowState, [], [], ViewSlice> = (set) => ({
  viewTransform: null,
  overlayOpacity: 0.45,
  isBareFrame: false,
  theme: 'system',
  setViewTransform: (viewTransform) => set({ viewTransform }),
  setOverlayOpacity: (opacity) => set({ overlayOpacity: Math.min(Math.max(opacity, 0), 1) }),
  setBareFrame: (isBareFrame) => set({ isBareFrame }),
  setTheme: (theme) => set({ theme }),
});
