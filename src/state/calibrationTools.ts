/** The tools that calibrate. */
import type { ToolId } from './maskflowState';

export const calibrationTools = ['scaleLine', 'axes', 'regionBox', 'regionPolygon'] as const;

export type CalibrationTool = (typeof calibrationTools)[number];

export function isCalibrationTool(tool: ToolId): tool is CalibrationTool {
  return calibrationTools.some((known) => known === tool);
}
