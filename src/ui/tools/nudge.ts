/** Prompts changed by keys: move the selected one, delete it. */
import type { Prompt } from '../../core/prompt/prompt';
import type { MaskflowState } from '../../state/maskflowState';
import type { MaskflowStore } from '../../state/store';
import { movedPrompt } from './gesture/movingPrompt';

/** The selected prompt, if the user can see it: on the frame that is painted. */
export function selectedOnStage(state: MaskflowState): Prompt | null {
  const { prompts, selectedPromptId, shownFrame } = state;
  const prompt = prompts.find((candidate) => candidate.id === selectedPromptId);
  return prompt && prompt.frameIndex === shownFrame ? prompt : null;
}

/** Moves the selected prompt by source pixels, kept inside the picture. */
export function nudgeSelected(store: MaskflowStore, dx: number, dy: number): void {
  const state = store.getState();
  const prompt = selectedOnStage(state);
  if (prompt && prompt.kind !== 'mask' && state.footage) {
    state.updatePrompt(movedPrompt(prompt, dx, dy, state.footage));
  }
}

export function deleteSelected(store: MaskflowStore): void {
  const prompt = selectedOnStage(store.getState());
  if (prompt) {
    store.getState().deletePrompt(prompt.id);
  }
}
