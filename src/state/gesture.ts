/** Makes everything one pointer gesture changes a single step of undo, however long it takes. */
import { isSameForUndo, type HistoryEntry } from './history';
import type { MaskflowStore } from './store';

/** Stores with a gesture under way: nothing to render or to restore, so not part of the state. */
const openGestures = new WeakSet<MaskflowStore>();

/**
 * Call when a gesture begins; the returned function ends it. The first change is recorded with the state before it,
 * later ones join. A gesture that was given up and left everything as it was leaves no step. While a gesture has
 * changed something, history does not track, and undo waits.
 */
export function beginGesture(store: MaskflowStore): () => void {
  const { temporal } = store;
  let hasRecorded = false;
  openGestures.add(store);
  const unsubscribe = temporal.subscribe((state, previous) => {
    const isNewEntry =
      state.pastStates.length >= previous.pastStates.length &&
      state.pastStates.at(-1) !== previous.pastStates.at(-1);
    if (state.isTracking && isNewEntry) {
      hasRecorded = true;
      state.pause();
    }
  });
  return () => {
    unsubscribe();
    openGestures.delete(store);
    if (!hasRecorded) {
      return;
    }
    const { resume, pastStates } = temporal.getState();
    resume();
    const before = pastStates.at(-1) as HistoryEntry;
    if (isSameForUndo(withSamePromptList(before, store.getState()), store.getState())) {
      temporal.setState({ pastStates: pastStates.slice(0, -1) });
    }
  };
}

/** Whether a pointer gesture is under way. Its end wakes the history's subscribers when it has changed something. */
export function isGestureOpen(store: MaskflowStore): boolean {
  return openGestures.has(store);
}

/** A drawing that was given up leaves a new list with the old prompts in it: that counts as the same. */
function withSamePromptList(before: HistoryEntry, now: HistoryEntry): HistoryEntry {
  const isSame =
    before.prompts.length === now.prompts.length &&
    before.prompts.every((prompt, index) => prompt === now.prompts[index]);
  return isSame ? { ...before, prompts: now.prompts } : before;
}
