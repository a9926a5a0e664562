/** What every model that is prompted has in common: labels drawn on frames. */
import type { MaskLogits } from '../../core/mask/logits';
import type { RunOptions } from './imageEncoder';
import type { DecoderPrompt } from './maskDecoder';

export type DrawnLabel = { readonly logits: MaskLogits; readonly predictedIou: number };

export type DrawnFrame = {
  /** One for each prompt, in their order; hole-free logits at source size. */
  readonly labels: readonly DrawnLabel[];
  /** Times of `session.run` alone. */
  readonly encodeMs: number;
  readonly decodeMs: number;
};

export interface Drawer {
  /** Makes sure that what the model sees of the frame is at hand. */
  encode(frameIndex: number, options: RunOptions): Promise<{ encodeMs: number }>;
  /** Starts fetching a frame's pixels while something else runs. */
  prefetch(frameIndex: number): void;
  /** Draws all prompts on one frame. */
  draw(frameIndex: number, prompts: readonly DecoderPrompt[], options: RunOptions): Promise<DrawnFrame>;
}
