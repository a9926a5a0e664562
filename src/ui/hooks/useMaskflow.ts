/** The one bridge from the store to React. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { MaskflowApp } from '../../app/maskflowApp';
import type { MaskflowState } from '../../state/maskflowState';

export const AppContext = createContext<MaskflowApp | null>(null);

/** The application's use cases. Throws outside the provider, which is a bug. */
export function useApp(): MaskflowApp {
  const app = useContext(AppContext);
  if (!app) {
    throw new Error('useApp needs AppContext above it');
  }
  return app;
}

/** Whether there is something to undo and to redo. */
export function useHistory(): { canUndo: boolean; canRedo: boolean } {
  const { temporal } = useApp().store;
  const canUndo = useStore(temporal, (state) => state.pastStates.length > 0);
  const canRedo = useStore(temporal, (state) => state.futureStates.length > 0);
  return { canUndo, canRedo };
}

/** Subscribes to a part of the state; re-renders only when the selected value changes (Object.is). */
export function useMaskflow<T>(selector: (state: MaskflowState) => T): T {
  return useStore(useApp().store, selector);
}
