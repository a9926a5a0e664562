/** Where a pointer is over the plots. */

export type PlotPointer = {
  readonly frame: number;
  readonly plotIndex: number;
  readonly clientX: number;
  readonly clientY: number;
};
