/** Decides by content what the chosen files are, and opens them. */
import { assertNever } from '../core/base/assert';
import {
  contentKindOf,
  hasImageName,
  hasVideoName,
  SNIFF_BYTES,
  type ContentKind,
} from './detect/contentKind';
import {
  emptyFile,
  noUsableFile,
  noVideo,
  nothingToOpen,
  severalVideos,
  textFile,
  unknownFormat,
} from './footageErrors';
import type { FrameSource, NamedFile, OpenContext } from './frameSource';
import { entriesOfFiles, entriesOfZip, isLitter, readSlice } from './images/imageEntries';
import { ImageSequenceSource } from './images/imageSequenceSource';
import { openVideo } from './openVideo';

/**
 * Opens a video, a ZIP of images, or several images. Rejects with a UserFacingError that names the file at fault; a
 * cancelled opening rejects with `cancelled` and leaves nothing behind.
 */
export async function openFootage(files: readonly NamedFile[], context: OpenContext): Promise<FrameSource> {
  const wanted = files.length > 1 ? files.filter(({ path }) => !isLitter(path)) : files;
  const only = wanted[0];
  if (!only) {
    throw nothingToOpen();
  }
  if (wanted.length === 1) {
    return openSingle(only, context);
  }
  const holdsImages =
    wanted.some(({ path }) => hasImageName(path)) || (await findKind(wanted, isImageKind)) !== null;
  if (holdsImages) {
    return ImageSequenceSource.open(nameOfSet(wanted), entriesOfFiles(wanted), context);
  }
  const videos = wanted.filter(({ path }) => hasVideoName(path) || /\.zip$/i.test(path));
  if (videos.length > 1) {
    throw severalVideos(videos.map(({ path }) => path));
  }
  const video = videos[0];
  if (!video) {
    throw noUsableFile(wanted.length, only.path);
  }
  return openSingle(video, context);
}

async function openSingle(named: NamedFile, context: OpenContext): Promise<FrameSource> {
  const { file } = named;
  if (file.size === 0) {
    throw emptyFile(file.name);
  }
  const kind = await kindOf(named);
  switch (kind) {
    case 'png':
    case 'jpeg':
      return ImageSequenceSource.open(file.name, entriesOfFiles([named]), context);
    case 'zip':
      return openZip(file, context);
    case 'mp4':
    case 'stream':
    case 'ffmpeg':
      return openVideo(file, kind, context);
    case 'audio':
      throw noVideo(file.name);
    case 'text':
      throw textFile(file.name);
    case 'unknown':
      if (hasImageName(file.name)) {
        return ImageSequenceSource.open(file.name, entriesOfFiles([named]), context);
      }
      if (hasVideoName(file.name)) {
        return openVideo(file, kind, context);
      }
      throw unknownFormat(file.name);
    default:
      return assertNever(kind);
  }
}

async function openZip(file: File, context: OpenContext): Promise<FrameSource> {
  const { entries, close } = await entriesOfZip(file);
  try {
    return await ImageSequenceSource.open(file.name, entries, context, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function kindOf({ file, path }: NamedFile): Promise<ContentKind> {
  return contentKindOf(await readSlice(file, path, 0, SNIFF_BYTES));
}

async function findKind(
  files: readonly NamedFile[],
  matches: (kind: ContentKind) => boolean,
): Promise<NamedFile | null> {
  for (const named of files) {
    if (matches(await kindOf(named))) {
      return named;
    }
  }
  return null;
}

function isImageKind(kind: ContentKind): boolean {
  return kind === 'png' || kind === 'jpeg';
}

/** The folder's name when all come from one, else none. */
function nameOfSet(files: readonly NamedFile[]): string | null {
  const first = files[0];
  const folder = first && first.path.includes('/') ? (first.path.split('/')[0] ?? '') : '';
  const isShared = folder !== '' && files.every(({ path }) => path.startsWith(`${folder}/`));
  return isShared ? folder : null;
}
