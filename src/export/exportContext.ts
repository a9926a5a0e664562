/** What the writer of a format is given: the frames of the export, and where masks and pictures come from. */
import type { FormatChoice } from '../core/export/exportFormats';
import { isWideNumber } from '../core/export/exportNumbers';
import type { ExportLabel, ExportPicture, ExportRequest, NumberedMask } from '../core/export/maskSequence';
import { composeNumberMap, type NumberMap } from '../core/export/wideLabelMap';
import type { ExportedFile } from './exportedFile';
import { safeName } from './maskFileNames';

export type ExportedFrame = {
  readonly frameIndex: number;
  readonly timestampSec: number;
  readonly durationSec: number;
  /** What its files are called, without ending; safe on every file system. */
  readonly stem: string;
};

/** An encoder that only a browser has; frames come in order, and the file is handed over whole. */
export type VideoTask = {
  readonly container: 'mp4' | 'webm';
  readonly hasAlpha: boolean;
  readonly width: number;
  readonly height: number;
  readonly frames: AsyncIterable<{
    readonly picture: ExportPicture;
    readonly timestampSec: number;
    readonly durationSec: number;
  }>;
};

export type ExportTools = {
  /** @param quality 0..1 */
  readonly encodeJpeg?: (picture: ExportPicture, quality: number) => Promise<Uint8Array<ArrayBuffer>>;
  /** The file is the caller's until `release`. */
  readonly encodeVideo?: (task: VideoTask) => Promise<{ blob: Blob; release: () => Promise<void> }>;
};

export type FormatContext = {
  readonly request: ExportRequest;
  readonly choice: FormatChoice;
  readonly frames: readonly ExportedFrame[];
  /** Objects and void regions, with their numbers. */
  readonly numbered: readonly NumberedLabel[];
  /** Where its files go: empty, or ending in `/`. */
  readonly folder: string;
  readonly tools: ExportTools;
  /** Bottom first. Throws when the export has been cancelled. */
  getMasks(frameIndex: number): Promise<readonly NumberedMask[]>;
  /** The frame as it is segmented. Throws when it cannot be read. */
  getPicture(frameIndex: number): Promise<ExportPicture>;
  /** Tells that one more frame is in this format. */
  frameDone(): void;
};

/** `folder` ends in `/`, or is empty. */
export type PlacedFormat = { readonly choice: FormatChoice; readonly folder: string };

export type FormatWriter = (context: FormatContext) => AsyncIterable<ExportedFile>;

export type NumberedLabel = ExportLabel & { readonly number: number };

export function numberedLabels(labels: readonly ExportLabel[]): NumberedLabel[] {
  return labels.flatMap((label) => (label.number === null ? [] : [{ ...label, number: label.number }]));
}

/** Labels that are things, not "don't care". */
export function objectsOf({ numbered }: FormatContext): readonly NumberedLabel[] {
  return numbered.filter(({ role }) => role === 'object');
}

export function isWide({ numbered }: Pick<FormatContext, 'numbered'>): boolean {
  return numbered.some(({ number }) => isWideNumber(number));
}

export async function labelMapAt(context: FormatContext, frameIndex: number): Promise<NumberMap> {
  const masks = await context.getMasks(frameIndex);
  return composeNumberMap(context.request, masks, isWide(context));
}

/** `1 upper dye`: numbers keep labels of one name apart. Windows drops a dot or space at a folder's end. */
export function labelFolder({ number, name }: Pick<NumberedLabel, 'number' | 'name'>): string {
  return `${number} ${safeName(name).replace(/[. ]+$/, '')}`.trimEnd();
}

/** `clip` of `clip.mp4`, safe as a folder's name. */
export function footageStem({ footageName }: ExportRequest): string {
  return safeName(footageName.replace(/\.[^.]+$/, '')).replace(/[. ]+$/, '') || 'footage';
}
