/** The words of the plots. */
export const plotsText = {
  title: 'Plots',
  /** {name} stands for a quantity with its unit, {lines} for labels. */
  chart: '{name} of {lines}, frames {from} to {to}',
  emptyChart: '{name}: no values yet',
  axis: 'Count in',
  axes: { frames: 'frames', time: 'seconds' },
  frame: 'Frame',
  time: 'Time, s',
  legend: 'Lines',
  close: 'Close the plots',
  savePng: 'Save the plots as PNG',
  saveSvg: 'Save the plots as SVG',
  saveTip: 'All plots on show, between the in and out points, on white, with axes, units and legend.',
  nothingToSave: 'There is no plot to save yet.',
  noQuantity: 'No quantity is plotted. Choose one in the Measure tab, by the curve beside its name.',
  openMeasure: 'Open the Measure tab',
  waiting: 'Measuring…',
  toggle: 'Plots of measurements',
} as const;
