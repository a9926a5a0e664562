/** Whether what calibrates is on show. */
import { isCalibrationTool } from '../../../state/calibrationTools';
import type { MaskflowState } from '../../../state/maskflowState';

type Shown = Pick<MaskflowState, 'inspectorTab' | 'tool' | 'isBareFrame' | 'calibration'>;

/** Calibration lies over the picture while its tab is open or one of its tools is in hand. */
export function isCalibrationShown({ inspectorTab, tool, isBareFrame }: Omit<Shown, 'calibration'>): boolean {
  return !isBareFrame && (inspectorTab === 'measure' || isCalibrationTool(tool));
}

/** What is not measured is dimmed where that matters: in the tab of measuring, and while the region is drawn. */
export function isRegionDimmed({ inspectorTab, tool }: Pick<Shown, 'inspectorTab' | 'tool'>): boolean {
  return inspectorTab === 'measure' || tool === 'regionBox' || tool === 'regionPolygon';
}

/** The axes lie over the picture once the user has changed them, or while their tool is in hand. */
export function areAxesShown({ tool, calibration }: Pick<Shown, 'tool' | 'calibration'>): boolean {
  const { origin, angleDeg, yAxis } = calibration;
  return tool === 'axes' || origin !== null || angleDeg !== 0 || yAxis === 'up';
}
