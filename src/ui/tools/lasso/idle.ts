/** The lasso at rest: drag around something. */
import { holdFrame } from '../gesture/beginEdit';
import { pressing } from '../gesture/pressing';
import type { ToolState } from '../gesture/toolState';
import { shapeAction } from '../paint/shapeAction';
import { lassoing } from './lassoing';

export function lassoIdle(): ToolState {
  const state: ToolState = {
    name: 'lasso',
    isGesture: false,
    cursor: () => 'crosshair',
    pointerDown: (pointer, env) => {
      const action = shapeAction(pointer, env);
      if (!action) {
        return state;
      }
      holdFrame(env);
      return pressing({
        start: pointer,
        home: state,
        cursor: 'crosshair',
        drag: (at) =>
          lassoing({ from: pointer.source, frameIndex: env.frameIndex, action, home: state, env: at }),
      });
    },
  };
  return state;
}
