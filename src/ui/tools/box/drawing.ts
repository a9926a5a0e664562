/** A box is being drawn: one corner stands, the other follows the pointer. */
import { newPromptId, type ObjectId } from '../../../core/base/ids';
import { clampPoint, type Point } from '../../../core/geometry/box';
import type { BoxPrompt } from '../../../core/prompt/prompt';
import { labelToPrompt } from '../gesture/beginEdit';
import { wholePixelBox } from '../gesture/boxHandles';
import type { ToolEnv, ToolState } from '../gesture/toolState';

export type DrawingOptions = {
  /** Where the pointer went down, in source pixels. */
  readonly from: Point;
  /** The frame on show when the pointer went down. */
  readonly frameIndex: number;
  readonly home: ToolState;
  readonly env: ToolEnv;
};

/** The new box takes the place of the one its label has on the frame; giving up brings that one back. */
export function drawingBox({ from, frameIndex, home, env }: DrawingOptions): ToolState {
  const objectId = labelToPrompt(env);
  const replaced = boxOfLabel(env, objectId, frameIndex);
  const id = newPromptId();
  let isAdded = false;

  const giveUp = ({ store }: ToolEnv): ToolState => {
    if (isAdded) {
      store.getState().deletePrompt(id);
    }
    if (isAdded && replaced) {
      store.getState().addPrompt(replaced);
    }
    return home;
  };
  const state: ToolState = {
    name: 'drawingBox',
    isGesture: true,
    cursor: () => 'crosshair',
    pointerMove: ({ source }, { store, picture }) => {
      const box = wholePixelBox(clampPoint(from, picture), source, picture);
      if (box) {
        const prompt: BoxPrompt = { id, frameIndex, kind: 'box', objectId, box };
        const { addPrompt, updatePrompt } = store.getState();
        (isAdded ? updatePrompt : addPrompt)(prompt);
        isAdded = true;
      }
      return state;
    },
    pointerUp: () => home,
    cancel: giveUp,
  };
  return state;
}

function boxOfLabel({ store }: ToolEnv, objectId: ObjectId, frameIndex: number): BoxPrompt | null {
  for (const prompt of store.getState().prompts) {
    if (prompt.kind === 'box' && prompt.objectId === objectId && prompt.frameIndex === frameIndex) {
      return prompt;
    }
  }
  return null;
}
