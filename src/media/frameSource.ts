/** What every kind of opened footage can do: say what it is, and decode one frame. */
import type { FootageId } from '../core/base/ids';
import type { FootageInfo, OpenProgress } from '../core/video/footageInfo';

export type DrawingContext = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

/** One decoded picture in display space. Whoever asked for it closes it. */
export interface DecodedFrame extends Disposable {
  /** Paints the whole picture over `width` x `height` pixels at the origin. */
  draw(context: DrawingContext, width: number, height: number): void;
}

/** Who reads frames one after the other: each goes its own way through the footage. */
export type FrameReader = 'screen' | 'pixels';

export interface FrameSource extends AsyncDisposable {
  readonly info: FootageInfo;
  /**
   * Decodes frame `frameIndex`. Calls may overlap; a source answers them one after the other. Cheapest in ascending
   * order for each reader. Rejects with a UserFacingError that names the frame and the file.
   */
  getFrame(frameIndex: number, reader: FrameReader): Promise<DecodedFrame>;
}

/** A file with its path inside the folder, ZIP or drop it came from. */
export type NamedFile = { readonly file: File; readonly path: string };

export type OpenContext = {
  readonly footageId: FootageId;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: OpenProgress) => void;
};
