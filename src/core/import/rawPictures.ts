/** What the pixels of picture files hold, before it is decided what their values mean. */
import type { Size } from '../geometry/box';
import type { LabelRole } from '../label/label';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';

type RawBase = {
  /** With the folders it came in, `/` between them. */
  readonly path: string;
  readonly size: Size;
};

/** A palette picture: each index above 0 that occurs. */
export type IndexedPicture = RawBase & {
  readonly kind: 'indexed';
  readonly values: readonly { readonly value: number; readonly rle: Rle }[];
};

export type GreyPicture = RawBase & {
  readonly kind: 'grey';
  /** Each grey above 0 that occurs; null where there are more than label maps have. */
  readonly values: readonly { readonly value: number; readonly rle: Rle }[] | null;
  /** Pixels of the upper half of the greys. */
  readonly upperHalf: Rle;
  /** The brightest grey there can be: 255 for 8 bits. */
  readonly white: number;
  /** The greys as probabilities; left out where there are two greys or fewer. */
  readonly soft?: SoftMask;
};

/** A colour picture: each colour other than black that occurs. */
export type ColourPicture = RawBase & {
  readonly kind: 'colour';
  readonly values: readonly { readonly colour: string; readonly rle: Rle }[];
};

export type RawPicture = IndexedPicture | GreyPicture | ColourPicture;

/** labels.json of an exported sequence, as far as an import needs it. */
export type LabelsFile = {
  /** Folder it lies in, with a `/` at its end; empty for none. */
  readonly folder: string;
  /** Where its label maps lie, relative to `folder`; left out or null where they lie beside it. */
  readonly mapsFolder?: string | null;
  readonly footage: { readonly name: string; readonly width: number; readonly height: number };
  readonly labels: readonly {
    readonly number: number | null;
    readonly name: string;
    readonly colour: string;
    readonly role: LabelRole;
    /** Where its soft masks lie, relative to `folder`. */
    readonly softFolder: string | null;
  }[];
};

/** frames.csv of an exported sequence: which frame each file is, by its path from `folder`. */
export type FramesFile = { readonly folder: string; readonly frameOfFile: ReadonlyMap<string, number> };

export type RawPictures = {
  /** File, folder or ZIP. */
  readonly name: string;
  /** In natural order of their paths. */
  readonly pictures: readonly RawPicture[];
  readonly labelsFile: LabelsFile | null;
  readonly framesFile: FramesFile | null;
  readonly notes: readonly string[];
};

/** More distinct greys than this are probabilities or a picture, not numbers of labels. */
export const MAX_GREY_LABELS = 64;
