/** The words of importing masks. */
import type { MatchMethod } from '../../core/import/matchFrames';
import type { PictureProblem } from '../../core/import/planImport';

export const importText = {
  menuFiles: 'Import mask files…',
  menuFolder: 'Import mask folder…',
  noFootage: 'Open the footage that the masks belong to first.',
  masksAreSeeds: 'The masks become annotation: runs start from them and never change them.',
  nothing: 'Nothing would be imported as it is set now.',
  scale: 'Scale to the footage by nearest neighbour',
  scaleNote: 'Otherwise these files are left out.',
  absence: 'A label without pixels is not there',
  absenceNote:
    'Takes such frames as annotated with an empty mask, which runs then keep. Otherwise they stay open.',
  dropTitle: 'What are these files?',
  dropText: 'They have the size of the open footage and look like masks.',
  asMasks: 'Import as masks',
  asFootage: 'Open as footage',
} as const;

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
  sameFrame: 'frame has a file already, left out',
  wrongSize: 'other size, left out',
};

export const greyText = {
  numbers: 'Numbers of labels',
  mask: 'One mask, from mid-grey up',
} as const;

/** `1 frame`, `12 frames`. */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}
