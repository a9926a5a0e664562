/** What may be asked of the export worker, which writes files. */
import type { JobId } from '../../core/base/ids';
import type { Rle } from '../../core/mask/rle';

export type ExportLabel = {
  /** Value of the label's pixels in the label maps, 1..255; null for a competitor, which is left out. */
  readonly number: number | null;
  readonly name: string;
  readonly colour: string;
  readonly role: 'object' | 'competitor';
};

export type ExportFrame = {
  readonly frameIndex: number;
  readonly timestampSec: number;
  readonly fileName: string;
};

export type PngSequenceRequest = {
  readonly width: number;
  readonly height: number;
  readonly footageName: string;
  readonly labels: readonly ExportLabel[];
  readonly frames: readonly ExportFrame[];
};

/** Masks of one frame, bottom first; number 0 paints background over what lies under it. */
export type NumberedMask = { readonly number: number; readonly rle: Rle };

export type ExportProgress = { readonly framesDone: number; readonly frameCount: number };

export interface ExportService {
  /** Writes the ZIP to temporary storage as a stream and returns the finished, disk-backed file. */
  exportZip(
    request: PngSequenceRequest,
    getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
    onProgress: (progress: ExportProgress) => void,
    jobId: JobId,
  ): Promise<Blob>;
  /** Writes the same files into a folder the user chose. */
  exportToFolder(
    request: PngSequenceRequest,
    folder: FileSystemDirectoryHandle,
    getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
    onProgress: (progress: ExportProgress) => void,
    jobId: JobId,
  ): Promise<void>;
  /** Deletes what exportZip left in temporary storage. */
  cleanUp(): Promise<void>;
  cancel(jobId: JobId): void;
}
