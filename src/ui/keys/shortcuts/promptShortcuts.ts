/** Keys that work on the selected prompt. */
import { deleteSelected } from '../../tools/nudge';
import type { Shortcut } from '../shortcut';
import { arrowVectors, nudge } from '../shortcutActions';

export const promptShortcuts = [
  {
    id: 'deletePrompt',
    keys: ['Delete', 'Backspace'],
    description: 'Delete the selected prompt',
    group: 'Prompts',
    run: ({ store }) => deleteSelected(store),
  },
  {
    id: 'deselect',
    keys: ['Escape'],
    description: 'Give up a drag; deselect',
    group: 'Prompts',
    run: ({ store }) => store.getState().selectPrompt(null),
  },
  {
    id: 'nudge',
    keys: Object.keys(arrowVectors).map((key) => `Alt+${key}`),
    hint: 'Alt+Arrows',
    isFixed: true,
    description: 'Move the selected prompt by 1 pixel',
    group: 'Prompts',
    canRepeat: true,
    run: nudge(1),
  },
  {
    id: 'nudgeFar',
    keys: Object.keys(arrowVectors).map((key) => `Alt+Shift+${key}`),
    hint: 'Alt+Shift+Arrows',
    isFixed: true,
    description: 'Move the selected prompt by 10 pixels',
    group: 'Prompts',
    canRepeat: true,
    run: nudge(10),
  },
] as const satisfies readonly Shortcut[];
