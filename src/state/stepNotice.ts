/** A notice about a step of undo, which goes when that step is taken back. */
import type { MaskflowStore } from './store';

/** To be called right after the step. The notice stays in the log. */
export function showStepNotice(store: MaskflowStore, text: string): void {
  store.getState().showNotice(text);
  const id = store.getState().messages.at(-1)?.id;
  // The state before the step: it is in the past for as long as the step stands.
  const before = store.temporal.getState().pastStates.at(-1);
  if (id === undefined || before === undefined) {
    return;
  }
  const unsubscribe = store.temporal.subscribe(({ pastStates }) => {
    const { messages, dismissMessage } = store.getState();
    if (!messages.some((message) => message.id === id)) {
      unsubscribe();
    } else if (!pastStates.includes(before)) {
      unsubscribe();
      dismissMessage(id);
    }
  });
}
