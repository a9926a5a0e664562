/** Which tools paint masks. */
import type { ToolId } from '../../../state/maskflowState';

const paintingTools = ['brush', 'eraser', 'polygon', 'lasso', 'fill'] as const satisfies readonly ToolId[];

export type PaintingToolId = (typeof paintingTools)[number];

export function isPaintingTool(tool: ToolId): tool is PaintingToolId {
  return (paintingTools as readonly ToolId[]).includes(tool);
}
