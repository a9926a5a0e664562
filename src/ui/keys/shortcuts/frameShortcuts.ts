/** Keys that play, step and mark frames. */
import type { Shortcut } from '../shortcut';
import { goToEnd, goToPrompted, setRangePoint, step } from '../shortcutActions';

const PAGE_FRAMES = 10;

export const frameShortcuts = [
  {
    id: 'play',
    keys: ['Space'],
    description: 'Play or pause',
    group: 'Frames',
    on: 'release',
    run: (app) => app.store.getState().footage && app.togglePlay(),
  },
  {
    id: 'shuttleBack',
    keys: ['j'],
    description: 'Play backward; again for faster',
    group: 'Frames',
    run: ({ store }) => store.getState().shuttle(-1),
  },
  {
    id: 'shuttleStop',
    keys: ['k'],
    description: 'Stop playing',
    group: 'Frames',
    run: ({ store }) => store.getState().setPlaying(false),
  },
  {
    id: 'shuttleForward',
    keys: ['l'],
    description: 'Play forward; again for faster',
    group: 'Frames',
    run: ({ store }) => store.getState().shuttle(1),
  },
  {
    id: 'loop',
    keys: ['Shift+l'],
    description: 'Loop between the in and out points, or stop at the end',
    group: 'Frames',
    run: ({ store }) => store.getState().setLooping(!store.getState().isLooping),
  },
  {
    id: 'previousFrame',
    keys: ['ArrowLeft'],
    description: 'Previous frame',
    group: 'Frames',
    canRepeat: true,
    run: step(-1),
  },
  {
    id: 'nextFrame',
    keys: ['ArrowRight'],
    description: 'Next frame',
    group: 'Frames',
    canRepeat: true,
    run: step(1),
  },
  {
    id: 'previousPrompted',
    keys: ['Shift+ArrowLeft'],
    description: 'Previous annotated frame',
    group: 'Frames',
    run: goToPrompted(-1),
  },
  {
    id: 'nextPrompted',
    keys: ['Shift+ArrowRight'],
    description: 'Next annotated frame',
    group: 'Frames',
    run: goToPrompted(1),
  },
  {
    id: 'pageBack',
    keys: ['PageUp'],
    description: '10 frames back',
    group: 'Frames',
    canRepeat: true,
    run: step(-PAGE_FRAMES),
  },
  {
    id: 'pageForward',
    keys: ['PageDown'],
    description: '10 frames forward',
    group: 'Frames',
    canRepeat: true,
    run: step(PAGE_FRAMES),
  },
  { id: 'firstFrame', keys: ['Home'], description: 'First frame', group: 'Frames', run: goToEnd('first') },
  { id: 'lastFrame', keys: ['End'], description: 'Last frame', group: 'Frames', run: goToEnd('last') },
  {
    id: 'inPoint',
    keys: ['i'],
    description: 'Set the in point here',
    group: 'Frames',
    run: setRangePoint('in'),
  },
  {
    id: 'outPoint',
    keys: ['o'],
    description: 'Set the out point here',
    group: 'Frames',
    run: setRangePoint('out'),
  },
] as const satisfies readonly Shortcut[];
