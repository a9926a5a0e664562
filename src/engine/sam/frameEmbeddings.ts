/** The embeddings of one footage on one model: encoded once, kept within bounds. */
import { cancelledError } from '../../core/base/errors';
import { EmbeddingCache, type CachedEmbedding, type CacheLimits } from './embeddingCache';
import type { FrameEmbedding, RunOptions } from './imageEncoder';
import type { RgbaPicture } from './preprocess';

export type HeldEmbedding<T = FrameEmbedding> = {
  readonly embedding: T;
  /** Time of the encoder's run; 0 when the embedding was at hand. */
  readonly encodeMs: number;
  readonly release: () => void;
};

/** Makes embeddings, or whatever a model makes of pictures. */
export interface PictureEncoder<T> {
  encode(picture: RgbaPicture, options: RunOptions): Promise<{ embedding: T; runMs: number }>;
}

/** Where the pictures of frames come from. */
export interface PictureSource {
  get(frameIndex: number): Promise<RgbaPicture>;
}

export class FrameEmbeddings<T extends CachedEmbedding = FrameEmbedding> {
  readonly cache: EmbeddingCache<T>;
  readonly #encoder: PictureEncoder<T>;
  readonly #pictures: PictureSource;
  /** Encodings under way: a second caller waits for the first one's. */
  readonly #pending = new Map<number, Promise<unknown>>();
  /** Why nothing can be held any more. */
  #end: Error | null = null;

  constructor(encoder: PictureEncoder<T>, pictures: PictureSource, limits: CacheLimits) {
    this.cache = new EmbeddingCache<T>(limits);
    this.#encoder = encoder;
    this.#pictures = pictures;
  }

  /** The embedding of a frame, encoded now if need be. The caller releases it. */
  async hold(frameIndex: number, options: RunOptions): Promise<HeldEmbedding<T>> {
    let encodeMs = 0;
    for (;;) {
      if (this.#end || options.signal?.aborted) {
        throw this.#end ?? cancelledError();
      }
      const held = this.cache.hold(frameIndex);
      if (held) {
        return { ...held, encodeMs };
      }
      const pending = this.#pending.get(frameIndex);
      if (pending) {
        // Its failure, or its caller's cancelling, is not ours: look again, then try ourselves.
        await pending.catch(() => undefined);
      } else {
        encodeMs = await this.#encode(frameIndex, options);
      }
    }
  }

  /** Forgets all; whoever still asks gets `reason`. Encodings under way are disposed of when they end. */
  close(reason: Error): void {
    this.#end = reason;
    this.cache.clear();
  }

  async #encode(frameIndex: number, options: RunOptions): Promise<number> {
    const encoding = this.#encodeNow(frameIndex, options);
    this.#pending.set(frameIndex, encoding);
    try {
      return await encoding;
    } finally {
      this.#pending.delete(frameIndex);
    }
  }

  async #encodeNow(frameIndex: number, options: RunOptions): Promise<number> {
    const picture = await this.#pictures.get(frameIndex);
    const { embedding, runMs } = await this.#encoder.encode(picture, options);
    if (this.#end) {
      embedding.dispose();
    } else {
      this.cache.add(frameIndex, embedding);
    }
    return runMs;
  }
}
