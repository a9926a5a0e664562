/** The words of the Measure tab. */
export const measureText = {
  scaleBar: 'Scale bar',
  calibration: 'Calibration',
  calibrationTip:
    'Turns pixels into lengths and frames into times. It is kept with the project, and undo takes it back.',
  notCalibrated: 'Not calibrated: values are in pixels. Draw a line along something whose length you know.',
  /** {unit} and {px} stand for a unit and its pixels. */
  calibrated: '1 {unit} = {px} px',
  /** {min} stands for the least number, {value} for the one that is there. */
  mustBeNumber: 'That is no number.',
  mustBeAbove: 'It must be more than {min}.',
  mustBeAtLeast: 'It must be at least {min}.',
  stays: '{value} stays.',
  drawLine: 'Scale line',
  redrawLine: 'Redraw scale line',
  howLong: 'How long is this line?',
  /** {px} stands for the line's pixels. */
  lineLength: 'The line is {px} px long.',
  length: 'Length',
  unit: 'Unit',
  from: 'From',
  to: 'To',
  deleteLine: 'Delete scale line',
  placeAxes: 'Place axes',
  origin: 'Origin',
  angle: 'Angle of x',
  angleTip: 'How far x is turned from the rows of the picture, counter-clockwise, in degrees.',
  yAxis: 'y points',
  yUp: 'up',
  yDown: 'down',
  resetAxes: 'Reset axes',
  frameRate: 'Frame rate',
  frameRateTip:
    'Frames per second of what was filmed. Leave it empty for the times of the file; fill it in for high-speed film that plays slowly, and for time lapse.',
  frameRateUnit: 'fps',
  ownTimes: 'file',
  region: 'Measured region',
  wholePicture: 'The whole picture is measured.',
  rectangle: 'Rectangle',
  polygon: 'Polygon',
  /** {count} stands for a number of corners. */
  corners: 'A polygon with {count} corners.',
  deleteRegion: 'Measure the whole picture',
  left: 'Left',
  top: 'Top',
  width: 'Width',
  height: 'Height',
  excludeLocked: 'Leave out locked regions',
  excludeLockedTip: 'Pixels of locked regions are not measured. Those of void regions never are.',
  quantities: 'Quantities',
  quantitiesTip:
    'What is measured on every frame between the in and out points. Chosen quantities are in the table, in the plots and in the files.',
  /** {name} stands for a quantity. */
  plot: 'Plot {name}',
  unplot: 'Take the plot of {name} away',
  values: 'Values',
  /** {frame} stands for a number. */
  valuesOf: 'Values on frame {frame}',
  outsideRange: 'This frame lies outside the in and out points.',
  noMasks: 'Measuring needs masks. Draw a box around something, or import masks.',
  twoFrames: 'Measuring over time needs masks on at least two frames. Propagate, or annotate another frame.',
  nothingChosen: 'Choose a quantity to measure.',
  pieces: 'Splits and merges',
  piecesTip:
    'Where pieces of a label split, merge, appear or vanish, from 0.02 % of the picture on. Marked on the lanes and plots.',
  noEvents: 'No label splits, merges, appears or vanishes.',
  /** {count} stands for a number. */
  moreEvents: '{count} more are in the files.',
  measuring: 'Measuring',
  stop: 'Stop measuring',
  stopped: 'Measuring was stopped; the values may be of older masks.',
  measureAgain: 'Measure',
  showPlots: 'Show plots',
  hidePlots: 'Hide plots',
  exportValues: 'Export values (CSV)',
  exportTip:
    'A ZIP with one row for each value (tidy), one for each frame (wide), the events, and what the columns mean.',
  nothingToExport: 'Nothing is measured yet.',
  isExporting: 'The values are being written.',
  exporting: 'Exporting values',
  cancelExport: 'Cancel export',
} as const;

export const eventNames = {
  split: 'splits',
  merge: 'merges with others',
  appear: 'appears',
  vanish: 'vanishes',
} as const;

export const groupNames = {
  shape: 'Shape',
  bounds: 'Bounds',
  motion: 'Motion',
  colour: 'Colour (reads every picture)',
  flow: 'Layers and mixing',
  pairs: 'Pairs of labels',
} as const;
