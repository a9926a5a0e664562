/** What was found in files with masks, before anything is decided about it. */
import type { Size } from '../geometry/box';
import type { LabelRole } from '../label/label';
import type { Rle } from '../mask/rle';
import type { SoftMask } from '../mask/softMask';

/** Identifies a label within one import, such as `value 3` or `colour #ff0000`. */
export type ImportKey = string;

export type ImportedLabel = {
  readonly key: ImportKey;
  /** How the files call it; null when they hold only a number or colour. */
  readonly name: string | null;
  /** CSS hex colour, `#rrggbb`; null when the files tell none that means something. */
  readonly colour: string | null;
  readonly role: LabelRole;
  /** Its number in label maps, 1..255; null where there is none. */
  readonly number: number | null;
  /** What stands for it in the files, in the user's words: `index 3`, `colour #ff0000`, `category 7`. */
  readonly meaning: string;
};

export type ImportedMask = {
  readonly key: ImportKey;
  readonly rle: Rle;
  /** The probabilities behind it, where the files hold them. */
  readonly soft?: SoftMask;
};

/** What the files hold for one frame. */
export type ImportedPicture = {
  /** The file, or the image that a COCO file speaks of. */
  readonly path: string;
  /** What to find its frame by: its name without folder and ending. */
  readonly frameName: string;
  /** The frame that the files themselves name (frames.csv, the place in a COCO video); null when they do not. */
  readonly frameIndex: number | null;
  readonly size: Size;
  /** Bottom first; a label has at most one. A label without pixels on this picture has none. */
  readonly masks: readonly ImportedMask[];
};

export type ImportSource = {
  /** File, folder or ZIP. */
  readonly name: string;
  /** In one sentence, such as `Indexed PNG files`. */
  readonly format: string;
  readonly labels: readonly ImportedLabel[];
  /** In natural order of their names. */
  readonly pictures: readonly ImportedPicture[];
  /** Sentences worth telling: what was left out or assumed. */
  readonly notes: readonly string[];
  /** Whether grey pictures could be read the other way, as numbers or as one mask. */
  readonly greyReading: GreyReading | null;
};

/** What the greys of a picture are: numbers of labels, or one mask (foreground from the middle up). */
export const greyReadings = ['numbers', 'mask'] as const;

export type GreyReading = (typeof greyReadings)[number];
