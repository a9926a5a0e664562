/** What may be asked of the export worker, which writes files. */
import type { JobId } from '../../core/base/ids';
import type { ExportProgress, NumberedMask, PngSequenceRequest } from '../../core/export/maskSequence';

export type {
  ExportFrame,
  ExportLabel,
  ExportProgress,
  NumberedMask,
  PngSequenceRequest,
  SoftSequence,
} from '../../core/export/maskSequence';

export interface ExportService {
  /** Writes the ZIP to temporary storage as a stream and returns the finished, disk-backed file. */
  exportZip(
    request: PngSequenceRequest,
    getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
    onProgress: (progress: ExportProgress) => void,
    jobId: JobId,
  ): Promise<Blob>;
  /**
   * Writes the same files into a new subfolder, `<footage stem>-masks`, of a folder the user chose; returns its name.
   * What was in the folder before stays as it is.
   */
  exportToFolder(
    request: PngSequenceRequest,
    folder: FileSystemDirectoryHandle,
    getMasks: (frameIndex: number) => Promise<readonly NumberedMask[]>,
    onProgress: (progress: ExportProgress) => void,
    jobId: JobId,
  ): Promise<string>;
  /** Deletes what exportZip left in temporary storage. */
  cleanUp(): Promise<void>;
  cancel(jobId: JobId): void;
}
