/** The words about kept work: saving, restoring, projects, updates. */

export const projectText = {
  indicator: {
    nothing: 'Projects',
    saving: 'Saving…',
    saved: 'Saved',
    full: 'Not saved: disk full',
    noRoom: 'Not saved: private window',
    stopped: 'Not saved',
  },
  indicatorTip:
    'Your work is kept in this browser as you go. Opens the list of projects, with the room they take.',
  notSavedTitle: 'Your work is not being saved.',
  retry: 'Try again now',
  saveFile: 'Save project file',
  saveFileWithFootage: 'Save project file with footage',
  manage: 'Projects…',
  restored: 'Restored {name}.',
  opened: 'Opened {name}.',
  startAfresh: 'Start afresh',
  startAfreshTip: 'Opens the sample anew. This project stays in the list.',
  missingMasks: 'Damaged masks that had to be left out: {count}.',
  elsewhereTitle: '{name} is open in another tab',
  elsewhere:
    'To keep two tabs from overwriting each other, a project is open in one tab at a time. Nothing of it was opened here. Close it there, or go on with something else.',
  openSample: 'Open the sample',
  openCopy: 'Open a copy',
  tryAgain: 'Try again',
  needsFootageTitle: 'Where is {footage}?',
  needsFootage:
    'Labels, prompts and masks of {name} are kept, but not its footage. Choose {footage} ({size}) again, or drop it anywhere: Maskflow checks that it is the right one.',
  needsImages:
    'Labels, prompts and masks of {name} are kept, but not its footage. Choose the {count} images of {footage} again, or drop them anywhere: Maskflow checks that they are the right ones.',
  mayRead:
    'Labels, prompts and masks of {name} are kept. {footage} ({size}) is too large for a copy, but Maskflow remembers where it is: allow the browser to read it. Maskflow checks that it is still the same.',
  allowAndOpen: 'Allow and open {footage}',
  notNow: 'Not now',
  listTitle: 'Projects',
  emptyList:
    'Nothing is kept yet. A project begins with the first thing you draw, or with footage of your own, and is saved as you go.',
  listNote:
    'Projects are kept in this browser, on this computer, until you delete them here or clear the data of this site. A project file is the way to another computer, and the best backup.',
  persistent: 'The browser has agreed not to clear them by itself.',
  notPersistent: 'The browser may clear them when the disk runs low: save files of what matters.',
  isOpen: 'open',
  noMasks: 'No masks yet',
  cutShort: 'Propagation was cut short.',
  redrawingCutShort: 'Redrawing masks was cut short.',
  /** {frame} stands for the number of a frame. */
  cutShortAt:
    'The page was closed while frame {frame} was the last one drawn. All masks until then are here.',
  cutShortBefore: 'The page was closed before the first frame was drawn.',
  goOn: 'Go on',
  startAgain: 'Start it again',
  updateReady: 'A new version of Maskflow is ready.',
  updateNote: 'It starts when the page is reloaded; your work is saved and comes back.',
  reload: 'Reload when ready',
} as const;

/** `text` with every `{name}` replaced. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
