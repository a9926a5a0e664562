/** What may be asked of the footage worker, which opens files and serves their frames. */
import { UserFacingError } from '../../core/base/errors';
import type { FootageId, JobId } from '../../core/base/ids';
import type { Size } from '../../core/geometry/box';
import type { FootageInfo, OpenProgress } from '../../core/video/footageInfo';

/** A file with its path inside the folder, ZIP or drop it came from (`path` equals the name for a single file). */
export type FootageFile = { readonly file: File; readonly path: string };

/** RGBA, 8 bit, row-major, display space; `data` is transferred, the receiver owns it. */
export type FramePixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};

export interface FootageService {
  /**
   * Opens a video, a ZIP of images, or several images. Other open footage is not touched. Rejects with a
   * UserFacingError that names the file.
   */
  open(
    files: readonly FootageFile[],
    onProgress: (progress: OpenProgress) => void,
    jobId: JobId,
  ): Promise<FootageInfo>;
  /** A frame to paint, whole, at display size or reduced to `size`; transferred, the receiver closes it. */
  getBitmap(footageId: FootageId, frameIndex: number, size?: Size): Promise<ImageBitmap>;
  /**
   * A small picture, `heightPx` high, of a frame between `fromFrame` and `toFrame`, both included: the one that costs
   * least. Transferred, the receiver closes it. Gives way to every other reader.
   */
  getThumbnail(
    footageId: FootageId,
    range: { readonly fromFrame: number; readonly toFrame: number },
    heightPx: number,
    jobId: JobId,
  ): Promise<ImageBitmap>;
  /** Serves FramePixelsService over `port`, so that another worker reads frames without passing the main thread. */
  connect(port: MessagePort): void;
  /** Frees decoder, cache and temporary files of one footage. */
  close(footageId: FootageId): Promise<void>;
  cancel(jobId: JobId): void;
}

/** What another worker may ask over the port given to `connect` (Comlink). */
export interface FramePixelsService {
  getPixels(footageId: FootageId, frameIndex: number): Promise<FramePixels>;
}

/**
 * The error of calls to a worker that died. Its footage is closed with it; prompts and masks lie elsewhere, and opening
 * the same footage again goes on with them.
 */
export function footageStopped(cause: string | null): UserFacingError {
  return new UserFacingError({
    code: 'internal',
    what: `The part of Maskflow that reads footage stopped${cause ? `: ${cause}` : ''}.`,
    safe: 'Your prompts and masks are still there and can be exported.',
    todo: 'Open the same footage again: prompts and masks come back with it.',
  });
}
