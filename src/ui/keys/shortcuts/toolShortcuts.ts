/** Keys that take tools in hand, and labels to work on. */
import type { Shortcut } from '../shortcut';
import { pickLabel, pickTool } from '../shortcutActions';

export const toolShortcuts = [
  {
    id: 'select',
    keys: ['v'],
    description: 'Select, move and resize prompts',
    group: 'Tools',
    run: pickTool('select'),
  },
  {
    id: 'foregroundPoint',
    keys: ['p'],
    description: 'Foreground point',
    group: 'Tools',
    run: pickTool('foregroundPoint'),
  },
  {
    id: 'backgroundPoint',
    keys: ['n'],
    description: 'Background point',
    group: 'Tools',
    run: pickTool('backgroundPoint'),
  },
  {
    id: 'sharedPoint',
    keys: ['g'],
    description: 'Shared background point',
    group: 'Tools',
    run: pickTool('sharedPoint'),
  },
  { id: 'box', keys: ['b'], description: 'Box', group: 'Tools', run: pickTool('box') },
  { id: 'pan', keys: ['z'], description: 'Pan the picture', group: 'Tools', run: pickTool('pan') },
  {
    id: 'label',
    keys: Array.from({ length: 9 }, (_, index) => `Digit${index + 1}`),
    hint: '1-9',
    isFixed: true,
    description: 'Make a label the active one',
    group: 'Tools',
    run: pickLabel,
  },
] as const satisfies readonly Shortcut[];
