/** The tools that calibrate, and whether what they work on is on show. */
import type { MaskflowState, ToolId } from '../../../state/maskflowState';

export const calibrationTools = ['scaleLine', 'axes', 'regionBox', 'regionPolygon'] as const;

export type CalibrationTool = (typeof calibrationTools)[number];

export function isCalibrationTool(tool: ToolId): tool is CalibrationTool {
  return calibrationTools.some((known) => known === tool);
}

type Shown = Pick<MaskflowState, 'inspectorTab' | 'tool' | 'isBareFrame' | 'calibration'>;

/** Calibration lies over the picture while its tab is open or one of its tools is in hand. */
export function isCalibrationShown({ inspectorTab, tool, isBareFrame }: Omit<Shown, 'calibration'>): boolean {
  return !isBareFrame && (inspectorTab === 'measure' || isCalibrationTool(tool));
}

/** The axes lie over the picture once the user has changed them, or while their tool is in hand. */
export function areAxesShown({ tool, calibration }: Pick<Shown, 'tool' | 'calibration'>): boolean {
  const { origin, angleDeg, yAxis } = calibration;
  return tool === 'axes' || origin !== null || angleDeg !== 0 || yAxis === 'up';
}
