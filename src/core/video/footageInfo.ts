/** What is known about opened footage. */
import type { FootageId } from '../base/ids';
import type { FrameTable } from './frameTable';

export type FootageInfo = {
  readonly footageId: FootageId;
  /** File name of the video or ZIP; for several images the folder's name, or the first and last one's. */
  readonly name: string;
  readonly kind: 'video' | 'images';
  /** What turns the file into pictures. */
  readonly decoder: 'webcodecs' | 'ffmpeg' | 'image';
  /** Display space: rotation applied, square pixels. */
  readonly width: number;
  readonly height: number;
  readonly frameTable: FrameTable;
  /** Constant frame rate in frames per second; null when frames are unevenly spaced. Images: the assumed rate. */
  readonly frameRate: number | null;
  /** For image sequences: each frame's file name without extension, in frame order; null for videos. */
  readonly frameNames: readonly string[] | null;
  /** Codec as the container names it, such as `avc1.64001f`; `png`/`jpeg` for images. */
  readonly codec: string;
  /** Sentences worth telling: what was dropped, converted or assumed. */
  readonly notes: readonly string[];
};

export type OpenProgress = {
  /** What is being done, in the user's words: "Reading frames", "Converting with ffmpeg". */
  readonly phase: string;
  /** 0..1, or null when unknown. */
  readonly fraction: number | null;
};
