/** The embeddings of one footage on one model: fetched, encoded once, kept within bounds. */
import { cancelledError } from '../../core/base/errors';
import { EmbeddingCache, type CacheLimits } from './embeddingCache';
import type { FrameEmbedding, ImageEncoder, RunOptions } from './imageEncoder';
import type { RgbaPicture } from './preprocess';

/** Gives the picture of a frame; the receiver owns it. */
export type FetchPicture = (frameIndex: number) => Promise<RgbaPicture>;

export type HeldEmbedding = {
  readonly embedding: FrameEmbedding;
  /** Time of the encoder's run; 0 when the embedding was at hand. */
  readonly encodeMs: number;
  readonly release: () => void;
};

/** The frame being worked on and the one after it. */
const MAX_PREFETCHED = 2;

export class FrameEmbeddings {
  readonly cache: EmbeddingCache;
  readonly #encoder: ImageEncoder;
  readonly #fetchPicture: FetchPicture;
  /** Encodings under way: a second caller waits for the first one's. */
  readonly #pending = new Map<number, Promise<unknown>>();
  /** Pictures fetched ahead, oldest first. */
  readonly #prefetched = new Map<number, Promise<RgbaPicture>>();
  #isClosed = false;

  constructor(encoder: ImageEncoder, fetchPicture: FetchPicture, limits: CacheLimits) {
    this.cache = new EmbeddingCache(limits);
    this.#encoder = encoder;
    this.#fetchPicture = fetchPicture;
  }

  /** Starts fetching a frame's pixels, to have them when `hold` asks. */
  prefetch(frameIndex: number): void {
    if (this.cache.has(frameIndex) || this.#prefetched.has(frameIndex)) {
      return;
    }
    const picture = this.#fetchPicture(frameIndex);
    // An error counts when the frame is really wanted.
    picture.catch(() => undefined);
    this.#prefetched.set(frameIndex, picture);
    for (const oldest of this.#prefetched.keys()) {
      if (this.#prefetched.size <= MAX_PREFETCHED) {
        return;
      }
      this.#prefetched.delete(oldest);
    }
  }

  /** The embedding of a frame, encoded now if need be. The caller releases it. */
  async hold(frameIndex: number, options: RunOptions): Promise<HeldEmbedding> {
    let encodeMs = 0;
    for (;;) {
      if (this.#isClosed || options.signal?.aborted) {
        throw cancelledError();
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

  /** Forgets all; encodings still under way are disposed of when they end. */
  close(): void {
    this.#isClosed = true;
    this.#prefetched.clear();
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
    const picture = await this.#takePicture(frameIndex);
    const { embedding, runMs } = await this.#encoder.encode(picture, options);
    if (this.#isClosed) {
      embedding.dispose();
    } else {
      this.cache.add(frameIndex, embedding);
    }
    return runMs;
  }

  #takePicture(frameIndex: number): Promise<RgbaPicture> {
    const prefetched = this.#prefetched.get(frameIndex);
    this.#prefetched.delete(frameIndex);
    return prefetched ?? this.#fetchPicture(frameIndex);
  }
}
