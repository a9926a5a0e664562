/** The steps of undo by name, as they are now. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { historySteps, type HistoryStep } from '../../core/history/historySteps';
import { historyEntryOf, type HistoryEntry } from '../../state/history';
import { useApp, useMaskflow } from '../hooks/useMaskflow';

/** Oldest first; renders anew when a step is made, taken back or changes its name. */
export function useHistorySteps(): HistoryStep[] {
  const { temporal } = useApp().store;
  const past = useStore(temporal, (state) => state.pastStates);
  const future = useStore(temporal, (state) => state.futureStates);
  const present = useMaskflow(useShallow(historyEntryOf));
  return useMemo(
    () => historySteps(past as HistoryEntry[], present, future as HistoryEntry[]),
    [past, present, future],
  );
}

/** What undo would take back and redo would make again, by name; null for nothing. */
export function useNextSteps(): { readonly undo: string | null; readonly redo: string | null } {
  const steps = useHistorySteps();
  const nameAt = (distance: number): string | null =>
    steps.find((step) => step.distance === distance)?.name ?? null;
  return { undo: nameAt(0), redo: nameAt(1) };
}
