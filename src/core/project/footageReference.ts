/** By what a project knows its footage again: name, sizes and the times of its frames, never the pictures. */
import type { FootageInfo } from '../video/footageInfo';
import { frameCount } from '../video/frameTable';

export type FootageReference = {
  /** `sample` comes with the app; `files` are the user's own. */
  readonly source: 'sample' | 'files';
  readonly kind: FootageInfo['kind'];
  readonly name: string;
  /** Of all its files together. */
  readonly sizeBytes: number;
  readonly fileCount: number;
  readonly width: number;
  readonly height: number;
  readonly frameCount: number;
  /** SHA-256 of `frameTableText` in UTF-8, in hexadecimal digits. */
  readonly frameTableHash: string;
  /** For image sequences: the frames per second that the user gave them; null for videos. */
  readonly imageRate: number | null;
};

/**
 * What the hash of a frame table is taken of: width, height and the number of frames, then each frame's time in whole
 * microseconds; for images their names, since their times are the user's choice.
 */
export function frameTableText(footage: FootageInfo): string {
  const { width, height, frameTable, frameNames, kind } = footage;
  const frames =
    kind === 'images' && frameNames
      ? frameNames
      : Array.from(frameTable.timestampsSec, (second) => Math.round(second * 1e6));
  return [width, height, frameCount(frameTable), ...frames].join('\n');
}

/** How footage compares with what a project was made on. */
export type FootageMatch =
  /** The same frames, whatever the file is called. */
  | 'same'
  /** As many frames of the same size, at other times or with other names: masks fit, but may belong to other pictures. */
  | 'fits'
  /** Another size, or another number of frames: masks cannot be placed. */
  | 'different';

export function matchFootage(
  reference: FootageReference,
  found: Pick<FootageReference, 'width' | 'height' | 'frameCount' | 'frameTableHash'>,
): FootageMatch {
  if (reference.frameTableHash === found.frameTableHash) {
    return 'same';
  }
  const hasSameShape =
    reference.width === found.width &&
    reference.height === found.height &&
    reference.frameCount === found.frameCount;
  return hasSameShape ? 'fits' : 'different';
}
