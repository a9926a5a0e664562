/** The pointer is down but has not moved far enough to mean a drag. */
import type { ToolEnv, ToolPointer, ToolState } from './toolState';

/** A pointer that moved less than this since it went down meant to click, in stage pixels. */
export const DRAG_THRESHOLD_PX = 4;

export type PressingOptions = {
  readonly start: ToolPointer;
  /** The state to return to. */
  readonly home: ToolState;
  readonly cursor: string;
  /** The state that drags; it is handed the first move at once. */
  drag(env: ToolEnv): ToolState;
  /** Called when the press is given up. */
  onCancel?(env: ToolEnv): void;
};

export function pressing(options: PressingOptions): ToolState {
  const state: ToolState = {
    name: 'pressing',
    isGesture: true,
    cursor: () => options.cursor,
    pointerMove: (pointer, env) => {
      const { x, y } = options.start.stage;
      if (Math.hypot(pointer.stage.x - x, pointer.stage.y - y) < DRAG_THRESHOLD_PX) {
        return state;
      }
      const dragging = options.drag(env);
      return dragging.pointerMove?.(pointer, env) ?? dragging;
    },
    pointerUp: () => options.home,
    cancel: (env) => {
      options.onCancel?.(env);
      return options.home;
    },
  };
  return state;
}
