/** Every keyboard shortcut, in one table. */
import { fitPicture, showActualSize, zoomBy, ZOOM_STEP } from '../canvas/stageView';
import { acceptShownFrame, goToDoubtful } from '../review/reviewActions';
import { deleteSelected } from '../tools/nudge';
import { keyText } from './keyText';
import type { Shortcut } from './shortcut';
import {
  arrowVectors,
  exportZip,
  goToEnd,
  goToPrompted,
  nudge,
  pickLabel,
  pickTool,
  propagate,
  setRangePoint,
  step,
} from './shortcutActions';

const PAGE_FRAMES = 10;

const toolShortcuts = [
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
    description: 'Make a label the active one',
    group: 'Tools',
    run: pickLabel,
  },
] as const satisfies readonly Shortcut[];

const promptShortcuts = [
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
    description: 'Move the selected prompt by 1 pixel',
    group: 'Prompts',
    canRepeat: true,
    run: nudge(1),
  },
  {
    id: 'nudgeFar',
    keys: Object.keys(arrowVectors).map((key) => `Alt+Shift+${key}`),
    hint: 'Alt+Shift+Arrows',
    description: 'Move the selected prompt by 10 pixels',
    group: 'Prompts',
    canRepeat: true,
    run: nudge(10),
  },
] as const satisfies readonly Shortcut[];

const frameShortcuts = [
  {
    id: 'play',
    keys: ['Space'],
    description: 'Play or pause',
    group: 'Frames',
    on: 'release',
    run: (app) => app.store.getState().footage && app.togglePlay(),
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

const workShortcuts = [
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

const reviewShortcuts = [
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

const viewShortcuts = [
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

const applicationShortcuts = [
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

const table = [
  ...toolShortcuts,
  ...promptShortcuts,
  ...frameShortcuts,
  ...workShortcuts,
  ...reviewShortcuts,
  ...viewShortcuts,
  ...applicationShortcuts,
] as const;

export type ShortcutId = (typeof table)[number]['id'];

export const shortcuts: readonly Shortcut<ShortcutId>[] = table;

/** The keys of a shortcut as shown to the user, such as "Ctrl+Z" or "⌘Z"; the first ones when there are several. */
export function keyHint(id: ShortcutId): string {
  const found = shortcuts.find((shortcut) => shortcut.id === id);
  return found ? keyText(found.hint ?? found.keys[0] ?? '') : '';
}
