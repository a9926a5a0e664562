/** Which of the given entries form the sequence, in which order, and that they fit together. */
import { cancelledError } from '../../core/base/errors';
import { SNIFF_BYTES, contentKindOf, hasImageName } from '../detect/contentKind';
import { checkPictureSize, emptyFile, mixedSizes, noUsableFile, unreadableImage } from '../footageErrors';
import type { OpenContext } from '../frameSource';
import { compareNatural } from '../naturalSort';
import { isLitter, type ImageEntry } from './imageEntries';
import { readImageHeader, type ImageHeader } from './imageHeader';

export type SequenceImage = { readonly entry: ImageEntry; readonly header: ImageHeader };
export type ImageSequence = {
  readonly images: readonly SequenceImage[];
  readonly ignored: readonly string[];
};

/** A JPEG's size usually stands behind at most one EXIF and one colour profile segment. */
const HEAD_BYTES = 64 * 1024;
/** Reading heads is waiting for the disk: several at once. */
const PARALLEL = 8;
/** Up to this much, packed entries are unpacked whole at opening, so that damage shows at once. */
const CHECK_WHOLE_BYTES = 64 * 1024 * 1024;

/** Reads every header, refuses broken images and mixed sizes by name, and sorts naturally by path. */
export async function readImageSequence(
  entries: readonly ImageEntry[],
  context: Pick<OpenContext, 'signal' | 'onProgress'>,
): Promise<ImageSequence> {
  const candidates = entries.filter((entry) => !isLitter(entry.path));
  candidates.sort((left, right) => compareNatural(left.path, right.path));
  const packedBytes = candidates.reduce((sum, entry) => sum + (entry.isPacked ? entry.sizeBytes : 0), 0);
  const isWholeChecked = packedBytes <= CHECK_WHOLE_BYTES;
  const headers: (ImageHeader | null)[] = Array.from({ length: candidates.length }, () => null);
  for (let start = 0; start < candidates.length; start += PARALLEL) {
    if (context.signal.aborted) {
      throw cancelledError();
    }
    const batch = candidates.slice(start, start + PARALLEL);
    const found = await Promise.all(batch.map((entry) => inspectEntry(entry, isWholeChecked)));
    found.forEach((header, index) => {
      headers[start + index] = header;
    });
    context.onProgress({
      phase: 'Reading image sizes',
      fraction: (start + batch.length) / candidates.length,
    });
  }
  const images = candidates.flatMap((entry, index) => {
    const header = headers[index];
    return header ? [{ entry, header }] : [];
  });
  if (images.length === 0) {
    throw noUsableFile(entries.length, entries[0]?.path ?? 'nothing');
  }
  checkSizes(images);
  const ignored = candidates.filter((_, index) => headers[index] === null).map((entry) => entry.path);
  return { images, ignored };
}

/** The header of an image; null for a file that does not claim to be one. */
async function inspectEntry(entry: ImageEntry, isWholeChecked: boolean): Promise<ImageHeader | null> {
  if (!entry.isPacked || !hasImageName(entry.path)) {
    const kind =
      entry.sizeBytes === 0
        ? 'unknown'
        : contentKindOf((await entry.readHead(SNIFF_BYTES)).subarray(0, SNIFF_BYTES));
    if (kind !== 'png' && kind !== 'jpeg' && !hasImageName(entry.path)) {
      return null;
    }
  }
  if (entry.sizeBytes === 0) {
    throw emptyFile(entry.path);
  }
  const readsWhole = entry.isPacked && isWholeChecked;
  const blob = readsWhole ? await entry.readBlob() : null;
  const head = blob ? new Uint8Array(await blob.arrayBuffer()) : await entry.readHead(HEAD_BYTES);
  let header = readImageHeader(head);
  if (header === 'need-more' && head.length < entry.sizeBytes) {
    header = readImageHeader(new Uint8Array(await (await entry.readBlob()).arrayBuffer()));
  }
  if (header === 'need-more' || header === 'broken') {
    throw unreadableImage(
      entry.path,
      header === 'broken' ? 'it is not a PNG or JPEG, or its header is damaged' : 'it ends inside its header',
    );
  }
  checkPictureSize(entry.path, header.width, header.height);
  if (!entry.isPacked || blob) {
    await checkEnd(entry, header, blob ?? (await entry.readBlob()));
  }
  return header;
}

/** A picture that does not end as its format ends may be cut off; decoding it then tells for certain. */
async function checkEnd(entry: ImageEntry, header: ImageHeader, blob: Blob): Promise<void> {
  const tail = new Uint8Array(await blob.slice(Math.max(0, blob.size - 8)).arrayBuffer());
  const endsWell =
    header.format === 'png'
      ? String.fromCharCode(...tail.subarray(0, 4)) === 'IEND'
      : tail.at(-2) === 0xff && tail.at(-1) === 0xd9;
  if (endsWell) {
    return;
  }
  try {
    (await createImageBitmap(blob)).close();
  } catch (error) {
    throw unreadableImage(entry.path, 'it is cut off or damaged', error);
  }
}

/** All sizes must agree; the odd one is the first that differs from the size most images have. */
function checkSizes(images: readonly SequenceImage[]): void {
  const counts = new Map<string, number>();
  for (const { header } of images) {
    const size = `${header.width}x${header.height}`;
    counts.set(size, (counts.get(size) ?? 0) + 1);
  }
  if (counts.size === 1) {
    return;
  }
  const most = Math.max(...counts.values());
  const usual = images.find(({ header }) => counts.get(`${header.width}x${header.height}`) === most);
  const odd = images.find(
    ({ header }) => header.width !== usual?.header.width || header.height !== usual.header.height,
  );
  if (usual && odd) {
    throw mixedSizes(
      { path: odd.entry.path, width: odd.header.width, height: odd.header.height },
      { width: usual.header.width, height: usual.header.height, count: most },
    );
  }
}
