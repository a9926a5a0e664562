/** Which prompts lie on the stage, in painting order, and which box shows handles. */
import type { ObjectId, PromptId } from '../../../core/base/ids';
import type { Label } from '../../../core/label/label';
import type { BoxPrompt, PointPrompt, Prompt, SharedPointPrompt } from '../../../core/prompt/prompt';
import type { MaskflowState } from '../../../state/maskflowState';

export type StagePrompt = {
  readonly prompt: PointPrompt | SharedPointPrompt | BoxPrompt;
  /** Null for shared points, which belong to every label. */
  readonly label: Label | null;
  readonly isActive: boolean;
  readonly isSelected: boolean;
};

type PromptState = Pick<MaskflowState, 'prompts' | 'labels' | 'activeObjectId' | 'selectedPromptId'>;

/** The visible prompts of a frame, bottom first: boxes under points, the active label and the selection on top. */
export function stagePrompts(state: PromptState, frameIndex: number): StagePrompt[] {
  const labels = new Map<ObjectId, Label>(state.labels.map((label) => [label.objectId, label]));
  const entries = state.prompts.flatMap((prompt): StagePrompt[] => {
    if (prompt.frameIndex !== frameIndex || prompt.kind === 'mask') {
      return [];
    }
    const isSelected = prompt.id === state.selectedPromptId;
    if (prompt.kind === 'sharedPoint') {
      return [{ prompt, label: null, isActive: true, isSelected }];
    }
    const label = labels.get(prompt.objectId);
    const isActive = prompt.objectId === state.activeObjectId;
    return label?.isVisible ? [{ prompt, label, isActive, isSelected }] : [];
  });
  return entries.toSorted((a, b) => paintingRank(a) - paintingRank(b));
}

function paintingRank(entry: StagePrompt): number {
  return (entry.prompt.kind === 'box' ? 0 : 4) + (entry.isActive ? 1 : 0) + (entry.isSelected ? 2 : 0);
}

/** The box that shows handles: the selected one, or the active label's while the box tool is in hand. */
export function handledBoxId(
  state: PromptState & Pick<MaskflowState, 'tool'>,
  frameIndex: number,
): PromptId | null {
  const isHandled = (prompt: Prompt): boolean =>
    prompt.kind === 'box' &&
    prompt.frameIndex === frameIndex &&
    ((state.tool === 'box' && prompt.objectId === state.activeObjectId) ||
      (state.tool === 'select' && prompt.id === state.selectedPromptId));
  return state.prompts.find(isHandled)?.id ?? null;
}
