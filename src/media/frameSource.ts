/** What every kind of opened footage can do: say what it is, and decode one frame. */
import type { FootageId } from '../core/base/ids';
import type { Size } from '../core/geometry/box';
import type { FootageInfo, OpenProgress } from '../core/video/footageInfo';

export type DrawingContext = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** One decoded picture in display space. Whoever asked for it closes it. */
export interface DecodedFrame extends Disposable {
  /** Paints the whole picture over `width` x `height` pixels at the origin. */
  draw(context: DrawingContext, width: number, height: number): void;
  /** For a source that makes small pictures more quickly than by `draw`. Whoever asked for the picture closes it. */
  reduced?(size: Size): Promise<ImageBitmap>;
}

/**
 * Who reads frames one after the other: each goes its own way through the footage. Nobody waits behind `thumbnails`,
 * which may be given up at any time.
 */
export type FrameReader = 'screen' | 'pixels' | 'thumbnails';

export interface FrameSource extends AsyncDisposable {
  readonly info: FootageInfo;
  /**
   * Decodes frame `frameIndex`. Calls may overlap; a source answers them one after the other. Cheapest in ascending
   * order for each reader. Rejects with a UserFacingError that names the frame and the file, or as cancelled once
   * `signal` aborts, where a source looks at that.
   */
  getFrame(frameIndex: number, reader: FrameReader, signal?: AbortSignal): Promise<DecodedFrame>;
  /** The frame between these two (both included) that decodes at the least cost; the first where all are alike. */
  cheapestFrame?(fromFrame: number, toFrame: number): number;
}

/** A file with its path inside the folder, ZIP or drop it came from. */
export type NamedFile = { readonly file: File; readonly path: string };

export type OpenContext = {
  readonly footageId: FootageId;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OpenProgress) => void;
};
