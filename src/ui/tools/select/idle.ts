/** The select tool at rest: press on a prompt to take it, on nothing to let go. */
import { calibrationCursor, calibrationHandleUnder, grabCalibration } from '../calibrate/grabHandle';
import { grab, hitCursor } from '../gesture/grab';
import { hitTest } from '../gesture/hitTest';
import type { ToolState } from '../gesture/toolState';

export function selectIdle(): ToolState {
  const state: ToolState = {
    name: 'select',
    isGesture: false,
    cursor: (pointer, env) => {
      const handle = calibrationHandleUnder(pointer, env);
      const hit = hitTest(pointer, env);
      return handle ? calibrationCursor(handle) : hit ? hitCursor(hit) : 'default';
    },
    pointerDown: (pointer, env) => {
      if (pointer.button !== 0) {
        return state;
      }
      const handle = calibrationHandleUnder(pointer, env);
      if (handle) {
        return grabCalibration(handle, pointer, env, state);
      }
      const hit = hitTest(pointer, env);
      if (!hit) {
        env.store.getState().selectPrompt(null);
        return state;
      }
      return grab(hit, pointer, env, state);
    },
  };
  return state;
}
