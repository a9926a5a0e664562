/** Keys that find doubt and settle it. */
import { acceptShownFrame, goToDoubtful } from '../../review/reviewActions';
import type { Shortcut } from '../shortcut';

export const reviewShortcuts = [
  {
    id: 'nextDoubtful',
    keys: ['f'],
    description: 'Next doubtful frame',
    group: 'Review',
    run: ({ store }) => goToDoubtful(store, 1),
  },
  {
    id: 'previousDoubtful',
    keys: ['Shift+f'],
    description: 'Previous doubtful frame',
    group: 'Review',
    run: ({ store }) => goToDoubtful(store, -1),
  },
  {
    id: 'acceptFrame',
    keys: ['a'],
    description: 'Accept the masks of this frame',
    group: 'Review',
    run: ({ store }) => acceptShownFrame(store),
  },
] as const satisfies readonly Shortcut[];
