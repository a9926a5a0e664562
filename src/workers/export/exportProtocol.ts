/** What may be asked of the export worker, which writes files. */
import type { FootageId, JobId } from '../../core/base/ids';
import type { ExportProgress, ExportRequest, NumberedMask } from '../../core/export/maskSequence';
import type { Size } from '../../core/geometry/box';

export type {
  ExportFrame,
  ExportLabel,
  ExportProgress,
  ExportRequest,
  ExportText,
  NumberedMask,
  SoftSequence,
} from '../../core/export/maskSequence';

/** Where the frames' pictures come from: a line to the footage worker (FramePixelsService). The port is transferred. */
export type FrameLine = { readonly footageId: FootageId; readonly port: MessagePort };

/** With which codec this browser would encode each kind of video; null where it cannot. */
export type VideoSupport = {
  readonly mp4: string | null;
  readonly webm: string | null;
  /** WebM with alpha. */
  readonly alpha: string | null;
};

/** What asks for the masks of a frame and tells of progress; both are proxies of the caller's functions. */
type GetMasks = (frameIndex: number) => Promise<readonly NumberedMask[]>;
type OnProgress = (progress: ExportProgress) => void;

/** `frames` null: the footage cannot be read; formats with pictures then fail, and frames.csv has no fingerprints. */
export interface ExportService {
  /** Writes the ZIP to temporary storage as a stream and returns the finished, disk-backed file. */
  exportZip(
    request: ExportRequest,
    frames: FrameLine | null,
    getMasks: GetMasks,
    onProgress: OnProgress,
    jobId: JobId,
  ): Promise<Blob>;
  /**
   * Writes the same files into a new subfolder, `<footage stem>-masks`, of a folder the user chose; returns its name.
   * What was in the folder before stays as it is.
   */
  exportToFolder(
    request: ExportRequest,
    folder: FileSystemDirectoryHandle,
    frames: FrameLine | null,
    getMasks: GetMasks,
    onProgress: OnProgress,
    jobId: JobId,
  ): Promise<string>;
  videoSupport(size: Size): Promise<VideoSupport>;
  /** The footage worker has died: whoever waits for its pictures is told. */
  disconnectFrames(): void;
  /** Deletes what exportZip left in temporary storage. */
  cleanUp(): Promise<void>;
  cancel(jobId: JobId): void;
}
