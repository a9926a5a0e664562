/** What has to be true before a gesture changes prompts: the picture stands still, and a label takes the prompt. */
import type { ObjectId } from '../../../core/base/ids';
import type { Prompt } from '../../../core/prompt/prompt';
import type { ToolEnv } from './toolState';

/** Stops playback on the frame the user is looking at, so that the prompt and the picture stay together. */
export function holdFrame({ store, frameIndex }: ToolEnv): void {
  const { isPlaying, setPlaying, seek } = store.getState();
  if (isPlaying) {
    setPlaying(false);
    seek(frameIndex);
  }
}

/** The active label; makes one when there is none, and shows it when it is hidden: nobody prompts unseen. */
export function labelToPrompt({ store }: ToolEnv): ObjectId {
  const { activeObjectId, labels, addLabel, updateLabel } = store.getState();
  const active = labels.find((label) => label.objectId === activeObjectId) ?? addLabel();
  if (!active.isVisible) {
    updateLabel(active.objectId, { isVisible: true });
  }
  return active.objectId;
}

/** Selects a prompt and makes its label the active one. */
export function takePrompt({ store }: ToolEnv, prompt: Prompt): void {
  const { selectPrompt, setActiveLabel } = store.getState();
  if (prompt.kind !== 'sharedPoint') {
    setActiveLabel(prompt.objectId);
  }
  selectPrompt(prompt.id);
}
