/** How many files an export makes, and about how large it becomes. */
import type { Size } from '../geometry/box';
import { assertNever } from '../base/assert';
import { exportFormat, optionValue, readsPictures, type FormatChoice } from './exportFormats';

export type EstimateInput = Size & { readonly frames: number; readonly objects: number };

export type ExportEstimate = { readonly files: number; readonly bytes: number };

/** labels.json, export.json, frames.csv, provenance.json and the checker. */
const COMPANION_FILES = 5;
const COMPANION_BYTES = 25_000;
const CSV_BYTES_PER_FRAME = 680;

/** Bytes for each pixel of the footage, as films of natural scenes came out; a few times more or less is normal. */
const LABEL_MAP = 0.008;
const LOSSLESS_PICTURE = 1.6;
const JPEG_PICTURE = 0.4;
const VIDEO_PICTURE = 0.05;
const RUN_LENGTHS = 0.006;

function filesPerFrame(choice: FormatChoice, objects: number): number {
  const { group, path } = exportFormat(choice.id);
  if (group === 'videos' || /\.\w+$/.test(path)) {
    return 0;
  }
  const isForEachLabel = choice.id === 'binary' || choice.id === 'soft' || choice.id === 'cutout';
  const hasFrames = group === 'datasets' && readsPictures(choice);
  return (isForEachLabel ? objects : 1) + (hasFrames ? 1 : 0);
}

function filesOnce({ id }: FormatChoice): number {
  const { group, path } = exportFormat(id);
  const isOneFile = group === 'videos' || /\.\w+$/.test(path);
  return isOneFile || id === 'davis' || id === 'youtubeVos' ? 1 : id === 'yolo' ? 2 : 0;
}

function bytesPerPixel(choice: FormatChoice, objects: number): number {
  const pictures = readsPictures(choice) ? JPEG_PICTURE : 0;
  switch (choice.id) {
    case 'palette':
    case 'npz':
    case 'tiff':
      return LABEL_MAP;
    case 'davis':
    case 'youtubeVos':
      return LABEL_MAP + pictures;
    case 'binary':
      return LABEL_MAP * objects * 0.6;
    case 'soft':
      return objects * (optionValue(choice, 'depth') === '16' ? 0.35 : 0.1);
    case 'cutout':
      return LOSSLESS_PICTURE * 0.4;
    case 'overlay':
    case 'frames':
      return LOSSLESS_PICTURE;
    case 'coco':
      return RUN_LENGTHS * objects;
    case 'yolo':
      return RUN_LENGTHS * objects + pictures;
    case 'overlayVideo':
    case 'alphaVideo':
      return VIDEO_PICTURE;
    default:
      return assertNever(choice.id);
  }
}

export function exportEstimate(formats: readonly FormatChoice[], input: EstimateInput): ExportEstimate {
  const { width, height, frames, objects } = input;
  const pixels = width * height * frames;
  return formats.reduce<ExportEstimate>(
    ({ files, bytes }, choice) => ({
      files: files + filesOnce(choice) + frames * filesPerFrame(choice, objects),
      bytes: bytes + pixels * bytesPerPixel(choice, objects),
    }),
    { files: COMPANION_FILES, bytes: COMPANION_BYTES + frames * CSV_BYTES_PER_FRAME },
  );
}
