/** Keys of measuring: the tools that calibrate, and the plots. */
import type { MaskflowApp } from '../../../app/maskflowApp';
import { keepInspectorTab } from '../../inspector/storedInspectorTab';
import { togglePlots } from '../../plots/plotsShown';
import type { CalibrationTool } from '../../../state/calibrationTools';
import type { Shortcut } from '../shortcut';

/** Opens the tab that says what the tool is for, too. */
function pickCalibrationTool(tool: CalibrationTool) {
  return ({ store }: MaskflowApp): void => {
    store.getState().setInspectorTab('measure');
    keepInspectorTab('measure');
    store.getState().setTool(tool);
  };
}

export const measureShortcuts = [
  {
    id: 'scaleLine',
    keys: ['Shift+c'],
    description: 'Scale line: draw a known length',
    group: 'Measuring',
    run: pickCalibrationTool('scaleLine'),
  },
  {
    id: 'axes',
    keys: ['Shift+x'],
    description: 'Axes: place the origin, drag the way of x',
    group: 'Measuring',
    run: pickCalibrationTool('axes'),
  },
  {
    id: 'regionBox',
    keys: ['Shift+m'],
    description: 'Measured rectangle',
    group: 'Measuring',
    run: pickCalibrationTool('regionBox'),
  },
  {
    id: 'regionPolygon',
    keys: ['Shift+p'],
    description: 'Measured polygon',
    group: 'Measuring',
    run: pickCalibrationTool('regionPolygon'),
  },
  {
    id: 'plots',
    keys: ['Shift+t'],
    description: 'Show or hide the plots',
    group: 'Measuring',
    run: ({ store }) => togglePlots(store),
  },
] as const satisfies readonly Shortcut[];
