/** Tells masks from footage by the beginnings of files. */
import type { Size } from '../../core/geometry/box';
import { withEntries, type EntryOpener, type ImportEntry } from './importEntries';
import type { ImportFile } from './importProtocol';

/** Signature, IHDR's length and type, and its 13 bytes (W3C PNG, 11.2.1). */
const HEAD_BYTES = 33;
const COLOUR_TYPE_GREY = 0;
const COLOUR_TYPE_PALETTE = 3;

/** This many pictures tell what all of them are. */
const LOOKED_AT = 8;

/**
 * JSON files and sequences with labels.json are masks; so are palette or grey PNG files of the size that is asked for.
 * False when in doubt, unreadable files included: opening them says what is wrong.
 */
export async function looksLikeMasks(
  files: readonly ImportFile[],
  size: Size,
  opener: EntryOpener,
): Promise<boolean> {
  try {
    return await withEntries(files, opener, (entries) => areMasks(entries, size));
  } catch {
    return false;
  }
}

async function areMasks(entries: readonly ImportEntry[], size: Size): Promise<boolean> {
  if (entries.some(({ path }) => /(^|\/)labels\.json$/i.test(path))) {
    return true;
  }
  if (entries.length > 0 && entries.every(({ path }) => /\.json$/i.test(path))) {
    return true;
  }
  const pictures = entries.filter(({ path }) => /\.(png|jpe?g)$/i.test(path));
  const heads = await Promise.all(pictures.slice(0, LOOKED_AT).map((entry) => entry.readHead(HEAD_BYTES)));
  return heads.length > 0 && heads.every((head) => isMaskOf(head, size));
}

function isMaskOf(head: Uint8Array, { width, height }: Size): boolean {
  const isPng = [0x89, 0x50, 0x4e, 0x47].every((byte, index) => head[index] === byte);
  if (!isPng || head.length < HEAD_BYTES) {
    return false;
  }
  const view = new DataView(head.buffer, head.byteOffset);
  const colourType = head[25];
  return (
    view.getUint32(16) === width &&
    view.getUint32(20) === height &&
    (colourType === COLOUR_TYPE_PALETTE || colourType === COLOUR_TYPE_GREY)
  );
}
