/** What an export is made from. */
import type { LabelRole } from '../label/label';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';
import type { FormatChoice } from './exportFormats';

export type ExportLabel = {
  /** Value of the label's pixels in the label maps, from 1 up; null for a competitor, which is left out. */
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
  /** How long it is shown; videos need it for the last frame. */
  readonly durationSec?: number;
  /** The name wished for; the export makes it safe and end in `.png`. */
  readonly fileName: string;
};

export type ExportRequest = {
  readonly width: number;
  readonly height: number;
  readonly footageName: string;
  readonly labels: readonly ExportLabel[];
  readonly frames: readonly ExportFrame[];
  /** Left out: label maps beside labels.json, and `soft/` if there are `softSequences`. */
  readonly formats?: readonly FormatChoice[];
  /** Labels whose probabilities are written beside the label maps; left out for none. */
  readonly softSequences?: readonly SoftSequence[];
  /** Texts to be written with the rest, such as measurements. */
  readonly texts?: readonly ExportText[];
};

export type ExportText = { readonly name: string; readonly text: string };

/** One label's probabilities, a picture for each frame. */
export type SoftSequence = {
  /** The label's number in the label maps. */
  readonly number: number;
  /** Frames on which no probabilities of its mask are known, so that its picture holds black and white alone. */
  readonly binaryFrames: readonly number[];
};

/** Masks of one frame, bottom first; number 0 paints background over what lies under it. */
export type NumberedMask = {
  readonly number: number;
  readonly rle: Rle;
  /** Its probabilities, where they are known and asked for. */
  readonly soft?: SoftMask;
};

/** Steps done and in all: a frame counts once for each format. */
export type ExportProgress = { readonly framesDone: number; readonly frameCount: number };

/** RGBA, 8 bit, row-major, of the footage's size. */
export type ExportPicture = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};
