/** What may be asked of the import worker, which reads files with masks. */
import type { JobId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import type { ImportedPicture } from '../../core/import/importSource';
import type { ReadImport } from '../../core/import/readImport';

export type { ReadImport };

/** A file with its path inside the folder, ZIP or drop it came from (`path` equals the name for a single file). */
export type ImportFile = { readonly file: File; readonly path: string };

export type ImportProgress = { readonly done: number; readonly total: number };

export interface ImportService {
  /** Reads all masks of the files. Rejects with a UserFacingError that names the file. */
  read(
    files: readonly ImportFile[],
    onProgress: (progress: ImportProgress) => void,
    jobId: JobId,
  ): Promise<ReadImport>;
  /** Whether the files look like masks for pictures of this size rather than like footage. Reads only beginnings. */
  looksLikeMasks(files: readonly ImportFile[], size: Size): Promise<boolean>;
  /** The pictures at another size, by nearest neighbour. */
  scale(
    pictures: readonly ImportedPicture[],
    size: Size,
    onProgress: (progress: ImportProgress) => void,
    jobId: JobId,
  ): Promise<readonly ImportedPicture[]>;
  cancel(jobId: JobId): void;
}
