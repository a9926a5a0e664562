/** What reading files for an import gives, and what it means for the open footage. */
import type { GreyReading, ImportSource } from './importSource';
import { pictureSource } from './pictureSource';
import type { RawPictures } from './rawPictures';

/** Pictures whose values are still to be given a meaning, or masks that say themselves what they are. */
export type ReadImport =
  | { readonly kind: 'pictures'; readonly raw: RawPictures }
  | { readonly kind: 'coco'; readonly source: ImportSource };

/** `frameStems` are the names of the footage's frames; `greyReading` is what the user says greys are, if anything. */
export function sourceOf(
  read: ReadImport,
  frameStems: readonly string[],
  greyReading: GreyReading | null,
): ImportSource {
  return read.kind === 'coco'
    ? read.source
    : pictureSource(read.raw, new Set(frameStems.map((stem) => stem.toLowerCase())), greyReading);
}
