/** The words of importing masks. */
import type { MatchMethod } from '../../core/import/matchFrames';
import type { ImportPurpose, PictureProblem } from '../../core/import/planImport';

export const importText = {
  menuFiles: 'Import mask files…',
  menuFolder: 'Import mask folder…',
  noFootage: 'Open the footage that the masks belong to first.',
  nothing: 'Nothing would be imported as it is set now.',
  scale: 'Scale to the footage by nearest neighbour',
  scaleNote: 'Otherwise these pictures are left out.',
  absence: 'A label without pixels is not there',
  absenceNote:
    'Takes such frames as annotated with an empty mask, which runs then keep. Otherwise they stay open.',
  dropTitle: 'What are these files?',
  dropText: 'They have the size of the open footage and look like masks.',
  asMasks: 'Import as masks',
  asFootage: 'Open as footage',
} as const;

/** What differs between masks that become annotation and those that are only compared with. */
export const purposeText: Record<
  ImportPurpose,
  {
    /** Before the name of the files. */
    readonly title: string;
    readonly outcome: string;
    readonly labels: string;
    /** Head of the column of labels. */
    readonly counterpart: string;
    /** {label} stands for a label of the files. */
    readonly counterpartOf: string;
    readonly newLabel: string;
    readonly unknownOne: string;
    readonly unknownMore: string;
    /** Of frames that no picture is for. */
    readonly gaps: string;
    readonly voidPixels: string;
    /** {masks} stands for how many there are. */
    readonly button: string;
  }
> = {
  annotation: {
    title: 'Import masks from',
    outcome: 'The masks become annotation: runs start from them and never change them.',
    labels: 'Labels',
    counterpart: 'Becomes',
    counterpartOf: 'What {label} becomes',
    newLabel: 'New label',
    unknownOne: 'a label is made',
    unknownMore: 'labels are made',
    gaps: 'get no mask ({gaps}); propagation can fill them.',
    voidPixels: 'kept out of runs and measurements',
    button: 'Import {masks}',
  },
  reference: {
    title: 'Import a reference from',
    outcome:
      'The masks are only compared with, and change no mask. A label that a file shows no pixels of is taken to be absent there.',
    labels: 'Labels of the files, and what each is compared with',
    counterpart: 'Is compared with',
    counterpartOf: 'What {label} is compared with',
    newLabel: 'Whichever it overlaps most',
    unknownOne: 'it is compared with whichever label it overlaps most',
    unknownMore: 'each is compared with whichever label it overlaps most',
    gaps: 'have no picture ({gaps}) and are not compared.',
    voidPixels: 'counted in no score',
    button: 'Import {masks} as a reference',
  },
};

export const methodText: Record<MatchMethod, string> = {
  stated: 'What the files say (frames.csv, COCO)',
  names: 'File names, as exports name frames',
  numbersFrom0: 'Numbers in names, first frame is 0',
  numbersFrom1: 'Numbers in names, first frame is 1',
  order: 'Order, one after the other',
  current: 'The frame on show',
};

export const problemText: Record<PictureProblem, string> = {
  noFrame: 'no frame, left out',
  sameFrame: 'frame has a picture already, left out',
  wrongSize: 'other size, left out',
};

export const greyText = {
  numbers: 'Numbers of labels',
  mask: 'One mask, from mid-grey up',
} as const;
