/** Turns the painting tool in hand from adding to removing and back. */
import type { MaskflowStore } from '../../../state/store';

/** Brush and eraser change places; the other painting tools turn their switch. Other tools are left alone. */
export function turnAround({ getState }: MaskflowStore): void {
  const { tool, setTool, isRemoving, setRemoving } = getState();
  switch (tool) {
    case 'brush':
      setTool('eraser');
      break;
    case 'eraser':
      setTool('brush');
      break;
    case 'polygon':
    case 'lasso':
    case 'fill':
      setRemoving(!isRemoving);
      break;
    default:
      break;
  }
}
