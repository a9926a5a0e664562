/** The frames of the footage as SAM 2 sees them, on the graphs in use. */
import { FrameEmbeddings } from '../sam/frameEmbeddings';
import type { CacheLimits } from '../sam/embeddingCache';
import type { RunOptions } from '../sam/imageEncoder';
import type { FrameSource, ShelfModel } from '../models/shelfModel';
import type { GraphSessions } from '../models/shelfSessions';
import { GraphNetwork } from './graphNetwork';
import type { ImageFeatures, Sam2Network } from './network';
import { parseSam2Config, type Sam2Config } from './sam2Config';

/** Eight frames of the largest model's features, 16 MiB each. */
export const defaultFeatureLimits: CacheLimits = { maxFrames: 8, maxBytes: 136 * 1024 * 1024 };

/** Why work is done again: what its frame looks like has changed under it. */
class PicturesChanged extends Error {}

/** One frame; usable inside the `work` that it was given to. */
export type FrameView = {
  readonly network: Sam2Network;
  readonly image: ImageFeatures;
  /** 0 when the features were at hand. */
  readonly encodeMs: number;
};

export type Sam2FramesOptions = {
  readonly limits?: CacheLimits;
  /** Another way of running the networks; for tests. */
  readonly networkOf?: (graphs: GraphSessions, config: Sam2Config) => Sam2Network;
};

type OnGraphs = {
  readonly graphs: GraphSessions;
  readonly network: Sam2Network;
  readonly features: FrameEmbeddings<ImageFeatures>;
};

export class Sam2Frames {
  readonly config: Sam2Config;
  readonly #model: ShelfModel;
  readonly #source: FrameSource;
  readonly #options: Sam2FramesOptions;
  #onGraphs: OnGraphs | null = null;

  /** One for a model and a footage. Throws when the model's manifest does not fit this engine. */
  constructor(model: ShelfModel, source: FrameSource, options: Sam2FramesOptions = {}) {
    this.config = parseSam2Config(model.config);
    this.#model = model;
    this.#source = source;
    this.#options = options;
  }

  get cachedFrames(): number {
    return this.#onGraphs?.features.cache.frameCount ?? 0;
  }

  get cachedBytes(): number {
    return this.#onGraphs?.features.cache.sizeBytes ?? 0;
  }

  /** Starts fetching a frame's picture unless its features are at hand. */
  prefetch(frameIndex: number): void {
    if (!this.#onGraphs?.features.cache.has(frameIndex)) {
      this.#source.prefetch(frameIndex);
    }
  }

  /**
   * Encodes a frame, unless it is at hand, and works on it. When the graphics device is lost or the pictures change
   * meanwhile, `work` runs again, so it must be repeatable and hand out nothing that lives on the GPU. Rejects with a
   * `cancelled` error once the signal aborts.
   */
  async look<T>(frameIndex: number, options: RunOptions, work: (view: FrameView) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await this.#model.use(async (graphs) => {
          const { network, features } = this.#on(graphs);
          const { embedding: image, encodeMs, release } = await features.hold(frameIndex, options);
          try {
            return await work({ network, image, encodeMs });
          } finally {
            release();
          }
        });
      } catch (error) {
        if (!(error instanceof PicturesChanged)) {
          throw error;
        }
      }
    }
  }

  /** Forgets what frames look like, and disposes of it; work under way on a frame not yet encoded looks again. */
  forget(): void {
    this.#onGraphs?.features.close(new PicturesChanged('the pictures were replaced'));
    this.#onGraphs = null;
  }

  #on(graphs: GraphSessions): OnGraphs {
    if (this.#onGraphs?.graphs !== graphs) {
      // Not as changed pictures: the model does the work again on its new graphs.
      this.#onGraphs?.features.close(new Error('the graphs were replaced'));
      const { networkOf = (sessions, config) => new GraphNetwork(sessions, config) } = this.#options;
      const network = networkOf(graphs, this.config);
      const pictures = { get: (frameIndex: number) => this.#source.picture(frameIndex) };
      const limits = this.#options.limits ?? defaultFeatureLimits;
      this.#onGraphs = { graphs, network, features: new FrameEmbeddings(network, pictures, limits) };
    }
    return this.#onGraphs;
  }
}
