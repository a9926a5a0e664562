/** The words of the timeline. */
export const timelineText = {
  wholeClip: 'Whole clip',
  window: 'Part of the clip on show',
  windowFrames: 'frames {first} to {last}',
  pictures: 'Pictures',
  hidePictures: 'Hide the pictures',
  showPictures: 'Show the pictures',
  loop: 'Loop between the in and out points',
  shuttling: '{speed}x',
} as const;
