/** The words of editing masks by one click, and of clean-up rules. */

export const editText = {
  title: 'Edit masks',
  about:
    'Changes the mask of the active label on this frame. What is changed here is annotation: engines take it for truth, and no run changes it.',
  noLabel: 'Pick a label to edit its masks.',
  noMask: 'This label has no mask on this frame.',
  isHeld: 'A region holds from the frame it is painted on; there is nothing to copy.',
  fillHoles: 'Fills what the mask encloses, up to this many pixels. Pixels of other labels stay theirs.',
  removeSpecks: 'Drops pieces of fewer than this many pixels.',
  keepLargest: 'Drops all pieces but the largest.',
  growShrink: 'Moves the outline by this many pixels. Growing stops at other labels.',
  smooth: 'Rounds off what is smaller than about this many pixels.',
  copy: 'Frames on which the label is annotated keep their masks; so do annotated masks of other labels.',
  interpolate:
    'Draws the frames between two annotated ones as shapes in between (signed distance), over guesses.',
  noGap: 'Annotate this label on two frames with others between them, and go there.',
  notHere: 'Says that the label is not on this frame: an empty mask, which engines take for truth.',
  isAbsent: 'This label is said not to be here already.',
  clear: 'Takes the annotated mask and its prompts off this frame. A propagated mask counts again.',
  nothingToClear: 'This label has no annotated mask on this frame.',
  /** {name} stands for the edit. */
  nothing: '{name}: nothing to change.',
  overtaken: '{name}: the masks changed meanwhile, so nothing was done. Try again.',
  /** {px} stands for pixels, {frames} for frames with their number. */
  done: '{name}: {px} px changed on {frames}.',
  working: 'Working…',
} as const;

export const cleanupText = {
  title: 'Clean-up rules',
  about:
    'Cleans the masks of this label wherever they are shown, measured and exported. The masks themselves stay as they were drawn: a rule can be changed or taken back at any time. Masks made by hand are left alone.',
  region: 'Regions are painted and need no rules.',
  minArea: 'Drop pieces under',
  minAreaTip: 'Pieces of the mask with fewer pixels are dropped; 0 keeps all.',
  maxHole: 'Fill holes up to',
  maxHoleTip: 'Holes of at most this many pixels are filled, where no other label is; 0 fills none.',
  keep: 'Keep',
  keepWords: {
    all: 'all pieces',
    largest: 'the largest piece',
    touching: 'pieces that touch the frame before',
  },
  grow: 'Grow or shrink',
  growTip: 'Moves the outline outward, or inward when negative. Growing stops at other labels.',
  /** {frames} stands for the frames that the rule under the playhead holds on. */
  holds: 'This rule holds on {frames}. Changes apply at once.',
  holdsNowhere: 'No rule on this frame yet. A change makes one for this frame.',
  handMade: 'The mask on this frame was made by hand, so rules leave it alone.',
  /** {before} and {after} stand for areas in pixels. */
  effect: 'This frame: {before} px → {after} px.',
  noEffect: 'This frame: the rule changes nothing.',
  isApplied: 'All these frames have this rule.',
  reset: 'Take the rule back',
  nothingToReset: 'There is no rule on this frame.',
} as const;

export const regionText = {
  void: 'Void: “don’t care” pixels. They are 255 in exports, and no memory, metric or measurement looks at them.',
  locked: 'Locked: what no engine and no brush may change, such as a time stamp. It is not exported.',
  holds: 'A region is painted once and holds until it is painted again.',
  /** {label} stands for the region’s name. */
  paintIt: 'Paint {label} with the brush; it holds on all frames.',
  addVoid: 'Add void region',
  addLocked: 'Add locked region',
  add: 'Add a region',
} as const;

/** {labels} stands for the names of labels. */
export const lockedText =
  'A locked region lies in what is prompted for {labels}: its pixels keep what they had, whatever SAM draws.';
