/** Keys of the application as a whole. */
import type { Shortcut } from '../shortcut';
import { exportZip } from '../shortcutActions';

export const applicationShortcuts = [
  {
    id: 'undo',
    keys: ['$mod+z'],
    description: 'Undo',
    group: 'Application',
    canRepeat: true,
    run: (app) => app.undo(),
  },
  {
    id: 'redo',
    keys: ['$mod+Shift+z', '$mod+y'],
    hint: '$mod+Shift+z',
    description: 'Redo',
    group: 'Application',
    canRepeat: true,
    run: (app) => app.redo(),
  },
  {
    id: 'export',
    keys: ['$mod+e'],
    description: 'Export PNG masks as a ZIP',
    group: 'Application',
    run: exportZip,
  },
  {
    id: 'showKeys',
    keys: ['(\\?)', 'Shift+(\\?)'],
    hint: '?',
    description: 'Show all keys',
    group: 'Application',
    run: (_app, host) => host.openSheet(),
  },
] as const satisfies readonly Shortcut[];
