/** The words of comparing two sets of masks. */
import type { CompareView } from '../../state/slices/compareState';

export const compareText = {
  sets: 'Sets',
  setsTip:
    'Any two sets of masks: those of now, versions left by runs, results of engines, and imported references, which never change the masks of the project.',
  a: 'A',
  setA: 'Set A',
  setB: 'Set B',
  b: 'B',
  chooseB: 'Choose a set',
  importReference: 'Import a reference…',
  importReferenceTip:
    'Indexed or grey PNGs, a ZIP of them, or COCO JSON: true masks, or those of somebody else. They are kept with the project and only compared with.',
  reading: 'Reading the reference',
  cancelReading: 'Cancel reading',
  /** {name} stands for the reference. */
  removeReference: 'Remove reference {name}',
  renameReference: 'Rename reference {name}',
  newReferenceName: 'New name of {name}',
  importReferenceFolder: 'Import a folder of masks as a reference',
  noOther:
    'There is only one set of masks so far. Import a reference, or let a run change masks: it leaves a version.',
  sameSet: 'A and B are the same set.',
  labels: 'Labels compared',
  labelsTip:
    'Labels of a reference are matched as was chosen at its import, the others by how much they overlap with those of A. What is not compared is in no score.',
  notCompared: 'Not compared',
  automatic: 'Match automatically',
  /** {label} stands for a label of A. */
  counterpart: 'Counterpart of {label} in B',
  noPairs: 'No label of A has a counterpart in B: choose one above.',
  noCommonFrames: 'A and B have masks on no common frame between the in and out points.',
  methods: 'Methods',
  methodsTip:
    'A study runs several engines from the same annotated frames; its results become sets that can be chosen above.',
  view: 'View',
  viewTip: 'All views but Normal are for looking only: prompts and brushes rest until you go back.',
  leave: 'Back to normal',
  viewOnly: 'For looking only.',
  wipeEdge: 'Edge between A and B',
  /** Under the canvas's own name for what the pane shows. */
  swap: 'Swap A and B',
  pause: 'Pause the flicker',
  resume: 'Flicker',
  reducedMotion: 'Your system asks for less motion, so that nothing flickers by itself: swap by hand.',
  aOnly: 'A only',
  bOnly: 'B only',
  both: 'Both',
  notHere: 'A and B do not both have masks on this frame.',
  which: 'Labels',
  allLabels: 'All labels',
  scores: 'Scores',
  scoresTip:
    'J: intersection over union. F: how much of the outlines agree within 0.8 % of the diagonal. Both as in the DAVIS 2017 evaluation: void pixels count nowhere, a missing mask is empty, two empty ones are alike. Decay: first quarter less last quarter.',
  score: 'Score',
  runFirst: 'A run is changing masks: wait until it is done, or stop it.',
  stop: 'Stop',
  scoring: 'Scoring frames',
  ends: 'Leave out first and last frame',
  endsTip: 'In the means, as the DAVIS evaluation does. With fewer than three frames all count.',
  tableOf: 'Mean scores by label',
  label: 'Label',
  mean: 'Mean',
  j: 'J',
  f: 'F',
  jAndF: 'J&F',
  decay: 'Decay',
  decayTip: 'Decay of J',
  worst: 'Worst frames first',
  measure: 'By',
  more: 'Show more',
  framesCsv: 'Frames (CSV)',
  tableCsv: 'Table (CSV)',
  notScored: 'Score the frames to see how alike the sets are, over time and in numbers.',
} as const;

export const compareViewNames: Record<CompareView, string> = {
  normal: 'Normal',
  sideBySide: 'Side by side',
  wipe: 'Wipe',
  flicker: 'Flicker',
  difference: 'Difference',
};
