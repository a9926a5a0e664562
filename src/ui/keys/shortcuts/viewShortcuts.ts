/** Keys that change how the picture is looked at. */
import { fitPicture, showActualSize, zoomBy, ZOOM_STEP } from '../../canvas/stageView';
import type { Shortcut } from '../shortcut';

export const viewShortcuts = [
  {
    id: 'bareFrame',
    keys: ['h'],
    description: 'Hold for the bare frame',
    group: 'View',
    run: ({ store }) => store.getState().setBareFrame(true),
    release: ({ store }) => store.getState().setBareFrame(false),
  },
  {
    id: 'fit',
    keys: ['Digit0', 'Shift+Digit1'],
    hint: '0',
    description: 'Fit the picture',
    group: 'View',
    run: ({ store }) => fitPicture(store),
  },
  {
    id: 'actualSize',
    keys: ['Shift+Digit0'],
    hint: 'Shift+0',
    description: 'Show at 100 %',
    group: 'View',
    run: ({ store }) => showActualSize(store),
  },
  {
    id: 'zoomIn',
    keys: ['=', '(\\+)', 'Shift+(\\+)'],
    hint: '+',
    description: 'Zoom in',
    group: 'View',
    canRepeat: true,
    run: ({ store }) => zoomBy(store, ZOOM_STEP),
  },
  {
    id: 'zoomOut',
    keys: ['-'],
    description: 'Zoom out',
    group: 'View',
    canRepeat: true,
    run: ({ store }) => zoomBy(store, 1 / ZOOM_STEP),
  },
] as const satisfies readonly Shortcut[];
