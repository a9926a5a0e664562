/** The fill tool: a press gives the region under the pointer to the active label, or takes it away. */
import { holdFrame } from '../gesture/beginEdit';
import type { ToolState } from '../gesture/toolState';
import { shapeAction } from '../paint/shapeAction';
import { fillAt } from './fillAt';

export function fillIdle(): ToolState {
  const state: ToolState = {
    name: 'fill',
    isGesture: false,
    cursor: () => 'crosshair',
    pointerDown: (pointer, env) => {
      const action = shapeAction(pointer, env);
      if (action) {
        holdFrame(env);
        fillAt(pointer, env, action);
      }
      return state;
    },
  };
  return state;
}
