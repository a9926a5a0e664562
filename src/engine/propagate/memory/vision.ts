/** What the propagation engine needs of the models: encoded windows, drawings, and the memory read. */
import type { Box } from '../../../core/geometry/box';
import type { DecoderPrompt, LowResPrediction } from '../../sam/maskDecoder';
import type { MemoryRead, MemoryReadInput } from '../../sam/memoryReader';
import type { RgbaPicture } from '../../sam/preprocess';

/** One encoded window of a frame; usable inside the `work` it was given to. */
export type WindowView = {
  /** The window in whole source pixels. */
  readonly box: Box;
  /**
   * float32[rows * columns * 256]: the embedding's cells on the window (windowGridOf), row by row, each vector of unit
   * length; padding is left out. Always on the CPU; may be kept.
   */
  readonly keys: Float32Array<ArrayBuffer>;
  /** 0 when the embedding was at hand. */
  readonly encodeMs: number;
  /** Draws from a prompt in pixels of the window; logits lie over the window's padded square. */
  readonly decode: (prompt: DecoderPrompt) => Promise<LowResPrediction>;
  readonly readMemory: (input: MemoryReadInput) => Promise<MemoryRead>;
};

export interface Vision {
  /** The frame's picture, for looking at only: it may be shared. */
  picture(frameIndex: number): Promise<RgbaPicture>;
  /** Starts fetching a frame's picture. */
  prefetch(frameIndex: number): void;
  /**
   * Encodes a window (the whole frame or a part) and works on it. When the graphics device is lost meanwhile, `work`
   * runs again, so it must be repeatable. Rejects with a `cancelled` error once `signal` aborts.
   */
  look<T>(
    frameIndex: number,
    box: Box,
    signal: AbortSignal,
    work: (view: WindowView) => Promise<T>,
  ): Promise<T>;
}
