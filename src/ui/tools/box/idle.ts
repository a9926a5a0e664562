/** The box tool at rest: drag to draw the active label's box; its handles and edges change the box it has. */
import { holdFrame } from '../gesture/beginEdit';
import { grab, hitCursor } from '../gesture/grab';
import { handledEdgeUnder, handleUnder } from '../gesture/hitTest';
import { pressing } from '../gesture/pressing';
import type { ToolState } from '../gesture/toolState';
import { drawingBox } from './drawing';

export function boxIdle(): ToolState {
  const state: ToolState = {
    name: 'box',
    isGesture: false,
    cursor: (pointer, env) => {
      const hit = handleUnder(pointer, env) ?? handledEdgeUnder(pointer, env);
      return hit ? hitCursor(hit) : 'crosshair';
    },
    pointerDown: (pointer, env) => {
      if (pointer.button !== 0) {
        return state;
      }
      const hit = handleUnder(pointer, env) ?? handledEdgeUnder(pointer, env);
      if (hit) {
        return grab(hit, pointer, env, state);
      }
      holdFrame(env);
      return pressing({
        start: pointer,
        home: state,
        cursor: 'crosshair',
        drag: (at) => drawingBox({ from: pointer.source, frameIndex: env.frameIndex, home: state, env: at }),
      });
    },
  };
  return state;
}
