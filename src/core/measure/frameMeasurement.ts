/** What is measured of one frame, in pixels: what the worker makes, and what is kept until its masks change. */
import type { ObjectId } from '../base/ids';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';
import type { Pieces } from './pieces';
import type { MeasureGroup } from './quantities';

/** One label's mask as it lies in the stack of a frame. */
export type MaskToMeasure = {
  readonly objectId: ObjectId;
  readonly rle: Rle;
  /** Its place in the stack: pixels of masks in a higher layer are certain to be theirs. */
  readonly layer: number;
  /** Left out where no probabilities are known, or bounds are not asked for. */
  readonly soft?: SoftMask;
};

export type FrameToMeasure = {
  readonly width: number;
  readonly height: number;
  /** Bottom first: a later one covers earlier ones. Empty masks are there, too. */
  readonly masks: readonly MaskToMeasure[];
  /** Pixels that are not measured; null for none. */
  readonly excluded: Rle | null;
};

/** In source pixels, pixels squared and 0..255; NaN where a value is not defined or was not asked for. */
export type LabelValues = {
  area: number;
  areaLower: number;
  areaUpper: number;
  perimeter: number;
  freePerimeter: number;
  centroidX: number;
  centroidY: number;
  boxX0: number;
  boxY0: number;
  boxX1: number;
  boxY1: number;
  varXX: number;
  varXY: number;
  varYY: number;
  pieces: number;
  holes: number;
  red: number;
  green: number;
  blue: number;
  luminance: number;
  upperEdgeMean: number;
  upperEdgeMin: number;
  upperEdgeMax: number;
  lowerEdgeMean: number;
  lowerEdgeMin: number;
  lowerEdgeMax: number;
  columnFractionMean: number;
  mixingWidth: number;
  mixingWidth99: number;
};

export type PairValues = {
  contactLength: number;
  overlapArea: number;
  overlapLower: number;
  overlapUpper: number;
  distance: number;
};

/** Pieces of all labels, each with its label; links as pieceLinks gives them, from the frame before. */
export type FramePieces = Pick<Pieces, 'areasPx' | 'x' | 'y'> & { readonly objectIds: Int32Array };

export type FrameMeasurement = {
  /** The groups that were worked out; values of the others are NaN. */
  readonly groups: ReadonlySet<MeasureGroup>;
  readonly measuredAreaPx: number;
  readonly labels: readonly { readonly objectId: ObjectId; readonly values: LabelValues }[];
  /** Each pair once, the label lower in the stack of masks first. */
  readonly pairs: readonly {
    readonly objectId: ObjectId;
    readonly otherId: ObjectId;
    readonly values: PairValues;
  }[];
  readonly pieces: FramePieces;
};
