/** What the tools are called. */
import type { ToolId } from '../../state/maskflowState';

export const toolNames: Record<ToolId, string> = {
  select: 'Select',
  foregroundPoint: 'Foreground point',
  backgroundPoint: 'Background point',
  sharedPoint: 'Shared background point',
  box: 'Box',
  brush: 'Brush',
  eraser: 'Eraser',
  polygon: 'Polygon',
  lasso: 'Lasso',
  fill: 'Fill',
  scaleLine: 'Scale line',
  axes: 'Axes',
  regionBox: 'Measured rectangle',
  regionPolygon: 'Measured polygon',
  pan: 'Pan',
};
