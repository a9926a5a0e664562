/** The polygon tool at rest: a press places the first corner. */
import { holdFrame } from '../gesture/beginEdit';
import type { ToolState } from '../gesture/toolState';
import { shapeAction } from '../paint/shapeAction';
import { placingCorners } from './placingCorners';

export function polygonIdle(): ToolState {
  const state: ToolState = {
    name: 'polygon',
    isGesture: false,
    cursor: () => 'crosshair',
    pointerDown: (pointer, env) => {
      const action = shapeAction(pointer, env);
      if (!action) {
        return state;
      }
      holdFrame(env);
      return placingCorners({ from: pointer.source, frameIndex: env.frameIndex, action, home: state, env });
    },
  };
  return state;
}
