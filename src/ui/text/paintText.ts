/** The words of the painting tools. */

export const paintText = {
  nothingToErase: 'No label is active, so there is nothing to erase. Pick a label first.',
  /** {label} stands for the name of the active label. */
  noMaskToErase: '{label} has no mask on this frame, so nothing was erased.',
  nothingErased: 'Nothing was erased: {label} is not there, or the place is locked.',
  nothingErasedOfAll: 'Nothing was erased: no label is there, or the place is locked or void.',
  nothingPainted:
    'Nothing changed: {label} has these pixels, or they are locked, void or outside the painting order.',
  insideItself:
    'Painting is limited to the inside of {label}, which is the label you paint. Choose another order.',
  outsidePicture: 'That is outside the picture.',
  fillReachesEdge:
    'This background reaches the edge of the picture. Close the gap, or hold Shift to fill it all the same.',
  fillIsOwn: 'This is {label} already.',
  noLabel: 'No label is active: painting adds one.',
  /** {label} stands for the name of the label painted. */
  paints: 'Paints {label}.',
  erases: 'Erases {label}.',
  erasesAll: 'Erases all labels.',
  hidden: '{label} is hidden: painting shows it.',
  locked: '{label} is a locked region: it holds from this frame to the next one it is painted on.',
  void: '{label} is a void region: it holds from this frame to the next one it is painted on.',
  running: 'A run is going on: what you paint stays.',
  size: 'Diameter in pixels of the picture.',
  order:
    'What painting may go over. Erasing takes from the active label, or from all, wherever they are. Locked pixels never change.',
  add: 'Gives pixels to the active label.',
  remove: 'Takes pixels from the active label.',
  all: 'Erasing takes pixels from all labels, not from the active one alone. Locked and void pixels never change.',
} as const;
