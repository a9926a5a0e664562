/** A model of the shelf as its engine uses it: its files' description, and its graphs on whichever device works. */
import type { RgbaPicture } from '../sam/preprocess';
import type { GraphSessions } from './shelfSessions';

export interface ShelfModel {
  /** `config` of the model's manifest, for the engine of its family to parse. */
  readonly config: unknown;
  /**
   * Runs `work` on the model's graphs. When the graphics device is lost meanwhile, `work` runs again on new graphs, so
   * it must be repeatable and hand out nothing that lives on the GPU. Tensors kept on the GPU between calls are usable
   * only while `graphs` is the same object; of what they hold, enough must be kept elsewhere to make them again.
   */
  use<T>(work: (graphs: GraphSessions) => Promise<T>): Promise<T>;
}

/** Where a video model gets the frames from. */
export interface FrameSource {
  /** The frame's picture, for looking at only: it may be shared. */
  picture(frameIndex: number): Promise<RgbaPicture>;
  /** Starts fetching a frame's picture. */
  prefetch(frameIndex: number): void;
}
