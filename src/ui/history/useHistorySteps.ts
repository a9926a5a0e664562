/** The steps of undo by name, as they are now. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { historySteps, type HistoryStep } from '../../core/history/historySteps';
import { useApp, useMaskflow } from '../hooks/useMaskflow';

/** Oldest first; renders anew when a step is made, taken back or changes its name. */
export function useHistorySteps(): HistoryStep[] {
  const { temporal } = useApp().store;
  const past = useStore(temporal, (state) => state.pastStates);
  const future = useStore(temporal, (state) => state.futureStates);
  // Stands for the present: all that names of steps are told by.
  const labels = useMaskflow((state) => state.labels);
  const prompts = useMaskflow((state) => state.prompts);
  const tracks = useMaskflow((state) => state.tracks);
  const useSharedPoints = useMaskflow((state) => state.useSharedPoints);
  const versions = useMaskflow((state) => state.versions);
  const lastEdit = useMaskflow((state) => state.lastEdit);
  const range = useMaskflow((state) => state.range);
  const propagationRuns = useMaskflow((state) => state.propagationRuns);
  const acceptances = useMaskflow((state) => state.acceptances);
  return useMemo(() => {
    const present = {
      labels,
      prompts,
      tracks,
      useSharedPoints,
      versions,
      lastEdit,
      range,
      propagationRuns,
      acceptances,
    };
    return historySteps(past as (typeof present)[], present, future as (typeof present)[]);
  }, [
    past,
    future,
    labels,
    prompts,
    tracks,
    useSharedPoints,
    versions,
    lastEdit,
    range,
    propagationRuns,
    acceptances,
  ]);
}

/** What undo would take back and redo would make again, by name; null for nothing. */
export function useNextSteps(): { readonly undo: string | null; readonly redo: string | null } {
  const steps = useHistorySteps();
  const nameAt = (distance: number): string | null =>
    steps.find((step) => step.distance === distance)?.name ?? null;
  return { undo: nameAt(0), redo: nameAt(1) };
}
