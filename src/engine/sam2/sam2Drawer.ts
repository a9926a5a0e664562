/** Draws labels on single frames with SAM 2.1 or EdgeTAM, as the prompting model of the app. */
import { fillHoles } from '../../core/mask/fillHoles';
import type { DrawnFrame, DrawnLabel, Drawer } from '../sam/drawer';
import type { RunOptions } from '../sam/imageEncoder';
import type { DecoderPrompt } from '../sam/maskDecoder';
import type { Sam2Frames } from './sam2Frames';
import { sourceLogits } from './squareMasks';
import { squarePoints, stretchMaskLogits } from './squarePrompt';

export class Sam2Drawer implements Drawer {
  readonly #frames: Sam2Frames;

  constructor(frames: Sam2Frames) {
    this.#frames = frames;
  }

  async encode(frameIndex: number, options: RunOptions): Promise<{ encodeMs: number }> {
    return this.#frames.look(frameIndex, options, async ({ encodeMs }) => ({ encodeMs }));
  }

  prefetch(frameIndex: number): void {
    this.#frames.prefetch(frameIndex);
  }

  /** One point or none: the best of three masks; more, or a box: one mask, or the best of three where it is unstable. */
  async draw(
    frameIndex: number,
    prompts: readonly DecoderPrompt[],
    options: RunOptions,
  ): Promise<DrawnFrame> {
    return this.#frames.look(frameIndex, options, async ({ network, image, encodeMs }) => {
      const { imageSize, maskSize } = network.config;
      const labels: DrawnLabel[] = [];
      let decodeMs = 0;
      for (const prompt of prompts) {
        const { source } = image;
        const decoded = await network.decode(
          {
            image,
            memory: 'none',
            points: squarePoints(prompt, source, imageSize),
            maskInput: prompt.maskLogits && stretchMaskLogits(prompt.maskLogits, source, maskSize),
          },
          options,
        );
        const logits = sourceLogits(decoded.logits, maskSize, source);
        fillHoles(logits);
        labels.push({ logits, predictedIou: decoded.predictedIou });
        decodeMs += decoded.runMs;
      }
      return { labels, encodeMs, decodeMs };
    });
  }
}
