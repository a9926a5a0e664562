/** Undo and redo. */
import type { Label } from '../core/label/label';
import { emptyTrack, type MaskTrack, type Tracks } from '../core/track/maskTrack';
import { isGestureOpen } from './gesture';
import type { MaskflowStore } from './store';

/**
 * One step back or forward. Propagated masks belong to runs: a step that crosses no run keeps the ones that are there,
 * so that taking back a name or a prompt never takes frames away. Does nothing in the middle of a pointer gesture.
 */
export function travelHistory(store: MaskflowStore, way: 'undo' | 'redo'): void {
  const history = store.temporal.getState();
  if (!history.isTracking || isGestureOpen(store)) {
    return;
  }
  const before = store.getState();
  history[way]();
  const { labels, tracks, propagationRuns, activeObjectId } = store.getState();
  if (propagationRuns === before.propagationRuns) {
    store.setState({ tracks: withPropagatedOf(before.tracks, tracks, labels) });
  }
  if (!labels.some((label) => label.objectId === activeObjectId)) {
    store.setState({ activeObjectId: labels[0]?.objectId ?? null });
  }
  // Why nothing was painted is about masks that are no more.
  store.setState({ selectedPromptId: null, paintNote: null });
}

/** Whether that many steps, back when negative, take back or bring back a run. */
export function isRunAmong(store: MaskflowStore, steps: number): boolean {
  const { pastStates, futureStates } = store.temporal.getState();
  // The next step is the last entry, on both ways.
  const passed = steps < 0 ? pastStates.slice(steps) : steps > 0 ? futureStates.slice(-steps) : [];
  const { propagationRuns } = store.getState();
  return passed.some((entry) => entry.propagationRuns !== propagationRuns);
}

/** Several steps, back when negative; stops early at either end. */
export function travelSteps(store: MaskflowStore, steps: number): void {
  for (let step = 0; step < Math.abs(steps); step += 1) {
    travelHistory(store, steps < 0 ? 'undo' : 'redo');
  }
}

/** `restored`, with the propagated masks of `present` where the label has been there all the time. */
function withPropagatedOf(present: Tracks, restored: Tracks, labels: readonly Label[]): Tracks {
  const merged = new Map<MaskTrack['objectId'], MaskTrack>();
  for (const { objectId } of labels) {
    const track = restored.get(objectId) ?? emptyTrack(objectId);
    merged.set(objectId, { ...track, propagated: (present.get(objectId) ?? track).propagated });
  }
  return merged;
}
