/** Whether a press with polygon, lasso or fill adds pixels or removes some. */
import type { PaintAction } from '../../canvas/paint/paintPlan';
import type { ToolEnv, ToolPointer } from '../gesture/toolState';

/** As the switch is set; Alt and the secondary button remove. Null for buttons without a meaning. */
export function shapeAction(
  { button, hasAlt }: ToolPointer,
  { store }: Pick<ToolEnv, 'store'>,
): PaintAction | null {
  if (button === 2) {
    return 'remove';
  }
  return button === 0 ? (hasAlt || store.getState().isRemoving ? 'remove' : 'add') : null;
}
