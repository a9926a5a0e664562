/** Draws labels on frames: from a frame index and prompts to hole-free logits at source size. */
import { fillHoles } from '../../core/mask/fillHoles';
import { upscaleLowResLogits } from '../../core/mask/logits';
import type { DrawnFrame, DrawnLabel, Drawer } from './drawer';
import type { RunOptions } from './imageEncoder';
import type { DecoderPrompt } from './maskDecoder';
import type { SamFrames } from './samFrames';

export class FrameDrawer implements Drawer {
  readonly #frames: SamFrames;

  constructor(frames: SamFrames) {
    this.#frames = frames;
  }

  async encode(frameIndex: number, options: RunOptions): Promise<{ encodeMs: number }> {
    return this.#frames.use(async ({ embeddings }) => {
      const { encodeMs, release } = await embeddings.hold(frameIndex, options);
      release();
      return { encodeMs };
    });
  }

  prefetch(frameIndex: number): void {
    this.#frames.prefetch(frameIndex);
  }

  async draw(
    frameIndex: number,
    prompts: readonly DecoderPrompt[],
    options: RunOptions,
  ): Promise<DrawnFrame> {
    return this.#frames.use(async ({ model, embeddings }) => {
      const { embedding, encodeMs, release } = await embeddings.hold(frameIndex, options);
      try {
        const labels: DrawnLabel[] = [];
        let decodeMs = 0;
        for (const prompt of prompts) {
          const low = await model.decoder.decode(embedding, prompt, options);
          const logits = upscaleLowResLogits(low.lowResLogits, embedding.transform);
          fillHoles(logits);
          labels.push({ logits, predictedIou: low.predictedIou });
          decodeMs += low.runMs;
        }
        return { labels, encodeMs, decodeMs };
      } finally {
        release();
      }
    });
  }
}
