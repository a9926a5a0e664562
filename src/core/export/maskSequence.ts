/** What a sequence of label map PNGs is made from. */
import type { LabelRole } from '../label/label';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';

export type ExportLabel = {
  /** Value of the label's pixels in the label maps, 1..255; null for a competitor, which is left out. */
  readonly number: number | null;
  readonly name: string;
  /** CSS hex colour, `#rrggbb`. */
  readonly colour: string;
  readonly role: LabelRole;
};

export type ExportFrame = {
  readonly frameIndex: number;
  /** Presentation time from the first frame of the footage. */
  readonly timestampSec: number;
  /** The name wished for; the export makes it safe and end in `.png`. */
  readonly fileName: string;
};

export type PngSequenceRequest = {
  readonly width: number;
  readonly height: number;
  readonly footageName: string;
  readonly labels: readonly ExportLabel[];
  readonly frames: readonly ExportFrame[];
  /** Labels whose probabilities are written beside the label maps; left out for none. */
  readonly softSequences?: readonly SoftSequence[];
};

/** One label's probabilities, a picture for each frame. */
export type SoftSequence = {
  /** The label's number in the label maps. */
  readonly number: number;
  /** Frames on which no probabilities of its mask are known, so that its picture holds 0 and 255 alone. */
  readonly binaryFrames: readonly number[];
};

/** Masks of one frame, bottom first; number 0 paints background over what lies under it. */
export type NumberedMask = {
  readonly number: number;
  readonly rle: Rle;
  /** Its probabilities, where they are known and asked for. */
  readonly soft?: SoftMask;
};

export type ExportProgress = { readonly framesDone: number; readonly frameCount: number };
