/** Makes everything one pointer gesture changes a single step of undo, however long it takes. */
import type { Prompt } from '../core/prompt/prompt';
import type { MaskflowStore } from './store';

/**
 * Call when a gesture begins; the returned function ends it. The first change is recorded with the state before it,
 * later ones join. A gesture that was given up and left everything as it was leaves no step.
 */
export function beginGesture(store: MaskflowStore): () => void {
  const { temporal } = store;
  const depth = temporal.getState().pastStates;
  const unsubscribe = temporal.subscribe((state) => {
    if (state.isTracking && state.pastStates !== depth) {
      state.pause();
    }
  });
  return () => {
    unsubscribe();
    const { resume, pastStates } = temporal.getState();
    resume();
    const recorded = pastStates.at(-1);
    const { labels, prompts } = store.getState();
    const isUnchanged = recorded?.labels === labels && hasSamePrompts(recorded.prompts ?? [], prompts);
    if (pastStates !== depth && isUnchanged) {
      temporal.setState({ pastStates: pastStates.slice(0, -1) });
    }
  };
}

function hasSamePrompts(a: readonly Prompt[], b: readonly Prompt[]): boolean {
  return a.length === b.length && a.every((prompt, index) => prompt === b[index]);
}
