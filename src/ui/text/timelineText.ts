/** The words of the timeline. */
export const timelineText = {
  wholeClip: 'Whole clip',
  window: 'Part of the clip on show',
  windowFrames: 'frames {first} to {last}',
  pictures: 'Pictures',
  hidePictures: 'Hide the pictures',
  showPictures: 'Show the pictures',
  loop: 'Loop between the in and out points',
  /** {count} stands for a number of lanes. */
  moreLanes: '{count} more',
  lanesBelow: '{count} more lanes below: scroll to them',
  lanesAbove: '{count} more lanes above: scroll to them',
  moreLanesTip:
    'Scrolls the lanes of the labels. The upper edge of the timeline can be dragged to make room.',
  /** {rate} stands for frames per second. */
  toldRate: '{rate} fps as measured',
  showRange: 'Zoom the timeline to the in and out points',
  shuttling: '{speed}x',
} as const;
