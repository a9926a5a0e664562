/** The frames of the footage as SAM sees them: their pictures, and their embeddings on the model in use. */
import { assert } from '../../core/base/assert';
import { cancelledError } from '../../core/base/errors';
import { defaultCacheLimits, type CacheLimits } from './embeddingCache';
import { FrameEmbeddings } from './frameEmbeddings';
import { FramePictures, type FetchPicture } from './framePictures';
import type { SamHost } from './samHost';
import type { SamModel } from './samModel';

/** Why work on frames is done again: their pictures have changed under it. */
class PicturesChanged extends Error {}

/** What work on frames is given; all of one footage and one model. */
export type FrameTools = {
  readonly model: SamModel;
  readonly embeddings: FrameEmbeddings;
  readonly pictures: FramePictures;
};

export class SamFrames {
  readonly #host: SamHost;
  readonly #limits: CacheLimits;
  #pictures: FramePictures | null = null;
  #onModel: { readonly model: SamModel; readonly embeddings: FrameEmbeddings } | null = null;

  constructor(host: SamHost, limits: CacheLimits = defaultCacheLimits) {
    this.#host = host;
    this.#limits = limits;
  }

  get cachedFrames(): number {
    return this.#onModel?.embeddings.cache.frameCount ?? 0;
  }

  get cachedBytes(): number {
    return this.#onModel?.embeddings.cache.sizeBytes ?? 0;
  }

  get pictures(): FramePictures {
    assert(this.#pictures, 'setFootage comes before work on frames');
    return this.#pictures;
  }

  /** Frame indices mean this footage's frames from now on; what was known of the one before is forgotten. */
  setFootage(fetchPicture: FetchPicture): void {
    this.#pictures = new FramePictures(fetchPicture);
    this.#onModel?.embeddings.close(cancelledError());
    this.#onModel = null;
  }

  /** The same footage in other pictures from now on; work under way is done again with them. */
  replacePictures(fetchPicture: FetchPicture): void {
    this.#pictures = new FramePictures(fetchPicture);
    this.#onModel?.embeddings.close(new PicturesChanged('the pictures were replaced'));
    this.#onModel = null;
  }

  /**
   * Runs `work` as SamHost.use does: again, on another model, when the device is lost meanwhile; and again when the
   * pictures change.
   */
  async use<T>(work: (tools: FrameTools) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#host.use((model) => {
          const { pictures } = this;
          return work({ model, embeddings: this.#embeddingsOn(model, pictures), pictures });
        });
      } catch (error) {
        if (!(error instanceof PicturesChanged)) {
          throw error;
        }
      }
    }
  }

  /** Starts fetching a frame's picture unless its embedding is at hand. */
  prefetch(frameIndex: number): void {
    if (!this.#onModel?.embeddings.cache.has(frameIndex)) {
      this.pictures.prefetch(frameIndex);
    }
  }

  #embeddingsOn(model: SamModel, pictures: FramePictures): FrameEmbeddings {
    if (this.#onModel?.model !== model) {
      // Not as cancelled: SamHost.use then does the work again on the new model.
      this.#onModel?.embeddings.close(new Error('the model was replaced'));
      this.#onModel = { model, embeddings: new FrameEmbeddings(model.encoder, pictures, this.#limits) };
    }
    return this.#onModel.embeddings;
  }
}
