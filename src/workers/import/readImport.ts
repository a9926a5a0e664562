/** Reads what was chosen for import: PNG masks with what lies beside them, or a COCO file. */
import { cancelledError } from '../../core/base/errors';
import { cocoSource } from '../../core/import/cocoSource';
import { frameOfFiles } from '../../core/import/framesCsvText';
import type { FramesFile, LabelsFile, RawPicture } from '../../core/import/rawPictures';
import { withEntries, type EntryOpener, type ImportEntry } from './importEntries';
import { jpegMask, nothingToImport, severalCocoFiles } from './importErrors';
import { cocoFileOf, isCoco, labelsFileOf, parseJson } from './importJson';
import type { ImportFile, ImportProgress, ReadImport } from './importProtocol';
import { readMaskPng } from './maskPng';

type Context = {
  readonly opener: EntryOpener;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
};

/** Masks are read one file after the other, so that memory holds one picture at a time. */
export function readImport(files: readonly ImportFile[], context: Context): Promise<ReadImport> {
  const name = nameOf(files);
  return withEntries(files, context.opener, async (entries) => {
    const pngs = entries.filter(({ path }) => /\.png$/i.test(path));
    if (pngs.length === 0) {
      return readCoco(name, entries);
    }
    const beside = await readBeside(entries);
    const pictures = await readPictures(masksAmong(pngs, beside.labelsFile), context);
    return { kind: 'pictures', raw: { name, pictures, ...beside } };
  });
}

/** `masks.zip`, the common folder of several files, or how many files there are. */
function nameOf(files: readonly ImportFile[]): string {
  const [first] = files;
  if (files.length === 1 && first) {
    return first.file.name;
  }
  const folder = first?.path.split('/').slice(0, -1)[0];
  const isCommon = folder !== undefined && files.every(({ path }) => path.startsWith(`${folder}/`));
  return isCommon ? folder : `${files.length} files`;
}

async function readCoco(name: string, entries: readonly ImportEntry[]): Promise<ReadImport> {
  const jsons = entries.filter(({ path }) => /\.json$/i.test(path));
  const [only] = jsons;
  if (jsons.length > 1) {
    throw severalCocoFiles(jsons.map(({ path }) => path));
  }
  if (only) {
    const json = parseJson(only.path, await textOf(only));
    return { kind: 'coco', source: cocoSource(cocoFileOf(only.path, json)) };
  }
  const jpeg = entries.find(({ path }) => /\.jpe?g$/i.test(path));
  throw jpeg ? jpegMask(jpeg.path) : nothingToImport(name);
}

/** An export may hold pictures of other kinds, too: labels.json says where its label maps and soft masks are. */
function masksAmong(pngs: readonly ImportEntry[], labelsFile: LabelsFile | null): readonly ImportEntry[] {
  if (!labelsFile || labelsFile.mapsFolder === null) {
    return pngs;
  }
  const soft = labelsFile.labels.flatMap(({ softFolder }) => (softFolder === null ? [] : [softFolder]));
  const folders = [labelsFile.mapsFolder, ...soft].map((folder) => `${labelsFile.folder}${folder}/`);
  return pngs.filter(({ path }) => folders.some((folder) => path.startsWith(folder)));
}

/** What every export holds and no import needs. */
const COMPANIONS = /(^|\/)(export\.json|provenance\.json|maskflow_check\.py)$/;

type Beside = {
  readonly labelsFile: LabelsFile | null;
  readonly framesFile: FramesFile | null;
  readonly notes: readonly string[];
};

/** labels.json and frames.csv, and what of the rest is not read. */
async function readBeside(entries: readonly ImportEntry[]): Promise<Beside> {
  let labelsFile: LabelsFile | null = null;
  let framesFile: FramesFile | null = null;
  const unread: string[] = [];
  const notes: string[] = [];
  for (const entry of entries.filter(({ path }) => !/\.png$/i.test(path) && !COMPANIONS.test(path))) {
    const isLabels = /(^|\/)labels\.json$/i.test(entry.path);
    const isFrames = /(^|\/)frames\.csv$/i.test(entry.path);
    if (isLabels && !labelsFile) {
      labelsFile = labelsFileOf(entry.path, parseJson(entry.path, await textOf(entry)));
    } else if (isFrames && !framesFile) {
      const frameOfFile = frameOfFiles(await textOf(entry));
      framesFile = frameOfFile && { folder: folderOf(entry.path), frameOfFile };
    }
    if (isLabels ? !labelsFile : isFrames ? !framesFile : true) {
      unread.push(entry.path);
    }
    if (/\.json$/i.test(entry.path) && !isLabels && isCoco(await textOf(entry))) {
      notes.push(`${entry.path} looks like a COCO file: import it by itself to use its masks.`);
    }
  }
  if (unread.length > 0) {
    const some = unread.slice(0, 3).join(', ');
    notes.push(`Not read: ${some}${unread.length > 3 ? ` and ${unread.length - 3} more files` : ''}.`);
  }
  return { labelsFile, framesFile, notes };
}

async function readPictures(
  pngs: readonly ImportEntry[],
  { onProgress, signal }: Context,
): Promise<RawPicture[]> {
  const pictures: RawPicture[] = [];
  for (const entry of pngs) {
    if (signal.aborted) {
      throw cancelledError();
    }
    const blob = await entry.readBlob();
    pictures.push(readMaskPng(entry.path, new Uint8Array(await blob.arrayBuffer())));
    onProgress({ done: pictures.length, total: pngs.length });
  }
  return pictures;
}

async function textOf(entry: ImportEntry): Promise<string> {
  return (await entry.readBlob()).text();
}

/** With a `/` at its end; empty for none. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
