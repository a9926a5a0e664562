/** A label's edges in each column of a picture, and its share of it. */
import type { ObjectId } from '../base/ids';

/** In source pixels from the picture's top; arrays have one value for each column, NaN where the label is not. */
export type FlowProfile = {
  readonly objectId: ObjectId;
  /** Upper edge of the uppermost pixel. */
  readonly upperEdge: Float32Array;
  /** Lower edge of the lowermost pixel. */
  readonly lowerEdge: Float32Array;
  /** Share of the column's measured pixels, 0..1; NaN where the whole column is excluded. */
  readonly fraction: Float32Array;
};
