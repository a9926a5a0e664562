/** Brush and eraser at rest: press to paint, drag to go on. */
import type { PaintAction } from '../../canvas/paint/paintPlan';
import { holdFrame } from '../gesture/beginEdit';
import type { ToolPointer, ToolState } from '../gesture/toolState';
import { beginPainting } from '../paint/beginPainting';
import { lastStrokeEnd } from './strokeEnd';
import { strokePoints } from './strokePoints';
import { stroking } from './stroking';

export type BrushToolId = 'brush' | 'eraser';

/** As in PointerEvent: the far end of a pen. */
const PEN_ERASER_BUTTON = 5;

export function brushIdle(tool: BrushToolId): ToolState {
  const state: ToolState = {
    name: tool,
    isGesture: false,
    cursor: () => 'crosshair',
    pointerDown: (pointer, env) => {
      const action = brushAction(tool, pointer);
      if (!action) {
        return state;
      }
      holdFrame(env);
      const painting = beginPainting(env, { tool, action });
      if (!painting) {
        return state;
      }
      const from = pointer.hasShift ? lastStrokeEnd(env) : null;
      const points = strokePoints(pointer, env);
      painting.stroke(from ? [{ ...points[0]!, ...from }, ...points] : points);
      const isPen = pointer.path.some(({ pressure }) => pressure !== null);
      return stroking({ painting, last: points.at(-1)!, isPen, home: state });
    },
  };
  return state;
}

/** The secondary button and Alt erase with the brush; the eraser always does. Null for buttons without a meaning. */
function brushAction(tool: BrushToolId, { button, hasAlt }: ToolPointer): PaintAction | null {
  if (button === 2 || button === PEN_ERASER_BUTTON) {
    return 'remove';
  }
  return button === 0 ? (tool === 'eraser' || hasAlt ? 'remove' : 'add') : null;
}
