/** A box is resized by one of its handles. */
import type { Point } from '../../../core/geometry/box';
import type { BoxPrompt } from '../../../core/prompt/prompt';
import { handleCursor, resizedBox, type BoxHandle } from './boxHandles';
import type { ToolState } from './toolState';

export type ResizingOptions = {
  /** The box prompt as it was when the pointer went down. */
  readonly original: BoxPrompt;
  readonly handle: BoxHandle;
  /** Where the pointer went down, in source pixels. */
  readonly from: Point;
  readonly home: ToolState;
};

export function resizingBox({ original, handle, from, home }: ResizingOptions): ToolState {
  const state: ToolState = {
    name: 'resizingBox',
    isGesture: true,
    cursor: () => handleCursor(handle),
    pointerMove: ({ source }, { store, picture }) => {
      const box = resizedBox(original.box, handle, source.x - from.x, source.y - from.y, picture);
      store.getState().updatePrompt({ ...original, box });
      return state;
    },
    pointerUp: () => home,
    cancel: ({ store }) => {
      store.getState().updatePrompt(original);
      return home;
    },
  };
  return state;
}
