/** Draws labels on frames: from a frame index and prompts to hole-free logits at source size. */
import { assert } from '../../core/base/assert';
import { fillHoles } from '../../core/mask/fillHoles';
import { upscaleLowResLogits, type MaskLogits } from '../../core/mask/logits';
import { defaultCacheLimits, type CacheLimits } from './embeddingCache';
import { FrameEmbeddings, type FetchPicture } from './frameEmbeddings';
import type { RunOptions } from './imageEncoder';
import type { DecoderPrompt } from './maskDecoder';
import type { SamHost } from './samHost';
import type { SamModel } from './samModel';

export type DrawnLabel = { readonly logits: MaskLogits; readonly predictedIou: number };

export type DrawnFrame = {
  /** One for each prompt, in their order. */
  readonly labels: readonly DrawnLabel[];
  /** Times of `session.run` alone. */
  readonly encodeMs: number;
  readonly decodeMs: number;
};

export class FrameDrawer {
  readonly #host: SamHost;
  readonly #limits: CacheLimits;
  #fetchPicture: FetchPicture | null = null;
  #frames: { readonly model: SamModel; readonly embeddings: FrameEmbeddings } | null = null;

  constructor(host: SamHost, limits: CacheLimits = defaultCacheLimits) {
    this.#host = host;
    this.#limits = limits;
  }

  get cachedFrames(): number {
    return this.#frames?.embeddings.cache.frameCount ?? 0;
  }

  get cachedBytes(): number {
    return this.#frames?.embeddings.cache.sizeBytes ?? 0;
  }

  /** Frame indices mean this footage's frames from now on. */
  setFootage(fetchPicture: FetchPicture): void {
    this.#fetchPicture = fetchPicture;
    this.#frames?.embeddings.close();
    this.#frames = null;
  }

  async encode(frameIndex: number, options: RunOptions): Promise<{ encodeMs: number }> {
    return this.#host.use(async (model) => {
      const { encodeMs, release } = await this.#embeddingsOn(model).hold(frameIndex, options);
      release();
      return { encodeMs };
    });
  }

  /** Starts fetching a frame's pixels while something else runs. */
  prefetch(frameIndex: number): void {
    this.#frames?.embeddings.prefetch(frameIndex);
  }

  /** Draws all prompts on one frame. Background drawing lets waiting interactive calls in before every run. */
  async draw(
    frameIndex: number,
    prompts: readonly DecoderPrompt[],
    options: RunOptions,
  ): Promise<DrawnFrame> {
    return this.#host.use(async (model) => {
      await giveWay(options);
      const { embedding, encodeMs, release } = await this.#embeddingsOn(model).hold(frameIndex, options);
      try {
        const labels: DrawnLabel[] = [];
        let decodeMs = 0;
        for (const prompt of prompts) {
          await giveWay(options);
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

  #embeddingsOn(model: SamModel): FrameEmbeddings {
    assert(this.#fetchPicture, 'setFootage comes before drawing');
    if (this.#frames?.model !== model) {
      this.#frames?.embeddings.close();
      this.#frames = {
        model,
        embeddings: new FrameEmbeddings(model.encoder, this.#fetchPicture, this.#limits),
      };
    }
    return this.#frames.embeddings;
  }
}

/** On WASM a run blocks the worker: only a turn of the event loop lets the messages in that ask for something. */
async function giveWay({ priority }: RunOptions): Promise<void> {
  if (priority === 'background') {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
