/** What undo covers: the annotation, as snapshots of immutable parts. Redrawn masks join the change that caused them. */
import type { ZundoOptions } from 'zundo';
import type { Prompt } from '../core/prompt/prompt';
import type { Tracks } from '../core/track/maskTrack';
import type { Annotation, FrameRange, MaskflowState } from './maskflowState';

export type HistoryEntry = Annotation & {
  readonly range: FrameRange;
  /** Counts propagation runs, so that a run is one entry although it changes only tracks. */
  readonly propagationRuns: number;
  readonly acceptances: number;
  /** The last entry of the log that was in force. */
  readonly provenanceHead: number | null;
};

/** Steps that can be taken back; older ones are forgotten. */
export const HISTORY_LIMIT = 200;

/** Changes of one prompt by keys that are closer together than this are one gesture. */
const GESTURE_MS = 700;

/** The part of the state that a step of undo keeps. */
export function historyEntryOf(state: MaskflowState): HistoryEntry {
  const { labels, prompts, tracks, useSharedPoints, versions, lastEdit, range } = state;
  const { propagationRuns, acceptances, calibration, provenanceHead, references } = state;
  return {
    labels,
    prompts,
    tracks,
    useSharedPoints,
    versions,
    lastEdit,
    range,
    propagationRuns,
    acceptances,
    calibration,
    provenanceHead,
    references,
  };
}

/** Tracks and versions are left out on purpose: they follow prompts, acceptances and runs: what the user did. */
export function isSameForUndo(a: HistoryEntry, b: HistoryEntry): boolean {
  return (
    a.labels === b.labels &&
    a.prompts === b.prompts &&
    a.useSharedPoints === b.useSharedPoints &&
    a.range === b.range &&
    a.propagationRuns === b.propagationRuns &&
    a.acceptances === b.acceptances &&
    a.lastEdit === b.lastEdit &&
    a.calibration === b.calibration &&
    a.references === b.references &&
    hasSameRules(a.tracks, b.tracks)
  );
}

/** The part of the tracks that the user sets by hand, and undo goes by. */
function hasSameRules(a: Tracks, b: Tracks): boolean {
  return (
    a === b ||
    [...new Set([...a.keys(), ...b.keys()])].every(
      (objectId) =>
        a.get(objectId)?.thresholds === b.get(objectId)?.thresholds &&
        a.get(objectId)?.rules === b.get(objectId)?.rules,
    )
  );
}

/** The one prompt that a change moved or resized; null for every other kind of change. */
function changedPromptId(before: readonly Prompt[], after: readonly Prompt[]): string | null {
  if (before.length !== after.length) {
    return null;
  }
  const changed = after.filter((prompt, index) => prompt !== before[index]);
  const [only] = changed;
  const isSamePlace = only !== undefined && before.some((prompt) => prompt.id === only.id);
  return changed.length === 1 && isSamePlace ? only.id : null;
}

/** Options of the temporal store; `now` is for tests. */
export function historyOptions(now: () => number = Date.now): ZundoOptions<MaskflowState, HistoryEntry> {
  let gesture: { promptId: string; lastMs: number; prompts: readonly Prompt[] } | null = null;
  return {
    partialize: historyEntryOf,
    equality: isSameForUndo,
    limit: HISTORY_LIMIT,
    handleSet: (handleSet) => (past, replace, current, delta) => {
      const before = (past as HistoryEntry).prompts;
      const promptId = changedPromptId(before, current.prompts);
      const isOngoing =
        promptId !== null &&
        promptId === gesture?.promptId &&
        // Anything else that happened since, undo included, ends the gesture.
        before === gesture.prompts &&
        now() - gesture.lastMs < GESTURE_MS;
      gesture = promptId === null ? null : { promptId, lastMs: now(), prompts: current.prompts };
      if (!isOngoing) {
        (handleSet as (...args: unknown[]) => void)(past, replace, current, delta);
      }
    },
  };
}
