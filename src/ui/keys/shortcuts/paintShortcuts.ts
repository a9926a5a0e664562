/** Keys for painting masks by hand. */
import { stepBrush } from '../../tools/brush/brushSize';
import { turnAround } from '../../tools/paint/turnAround';
import type { Shortcut } from '../shortcut';
import { pickTool } from '../shortcutActions';

export const paintShortcuts = [
  { id: 'brush', keys: ['d'], description: 'Brush', group: 'Painting', run: pickTool('brush') },
  { id: 'eraser', keys: ['e'], description: 'Eraser', group: 'Painting', run: pickTool('eraser') },
  { id: 'polygon', keys: ['y'], description: 'Polygon', group: 'Painting', run: pickTool('polygon') },
  { id: 'lasso', keys: ['s'], description: 'Lasso', group: 'Painting', run: pickTool('lasso') },
  { id: 'fill', keys: ['u'], description: 'Fill a region', group: 'Painting', run: pickTool('fill') },
  {
    id: 'smallerBrush',
    keys: ['['],
    description: 'Smaller brush',
    group: 'Painting',
    canRepeat: true,
    run: ({ store }) => stepBrush(store, -1),
  },
  {
    id: 'largerBrush',
    keys: [']'],
    description: 'Larger brush',
    group: 'Painting',
    canRepeat: true,
    run: ({ store }) => stepBrush(store, 1),
  },
  {
    id: 'turnAround',
    keys: ['x'],
    description: 'Add or remove: brush and eraser change places',
    group: 'Painting',
    run: ({ store }) => turnAround(store),
  },
  {
    id: 'eraseAll',
    keys: ['Shift+e'],
    description: 'Erase all labels, or the active one alone',
    group: 'Painting',
    run: ({ store }) => store.getState().setErasingAll(!store.getState().isErasingAll),
  },
] as const satisfies readonly Shortcut[];
