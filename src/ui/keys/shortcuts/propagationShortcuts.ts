/** Keys that carry masks through the clip. */
import type { Shortcut } from '../shortcut';
import { propagate } from '../shortcutActions';

export const propagationShortcuts = [
  {
    id: 'propagateForward',
    keys: ['r'],
    description: 'Propagate forward to the next prompted frame',
    group: 'Propagation',
    run: propagate('forward'),
  },
  {
    id: 'propagateBoth',
    keys: ['Shift+r'],
    description: 'Propagate both ways',
    group: 'Propagation',
    run: propagate('both'),
  },
] as const satisfies readonly Shortcut[];
