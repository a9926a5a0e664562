/** The pictures of the few frames being worked on, each fetched once for all who look at it. */
import type { RgbaPicture } from './preprocess';

/** Gives the picture of a frame; the receiver owns it. */
export type FetchPicture = (frameIndex: number) => Promise<RgbaPicture>;

/** The frame being worked on, the one after it, and one that the user looks at meanwhile. */
const MAX_PICTURES = 3;

export class FramePictures {
  readonly #fetchPicture: FetchPicture;
  /** In order of use, oldest first; some still under way. */
  readonly #pictures = new Map<number, Promise<RgbaPicture>>();

  constructor(fetchPicture: FetchPicture) {
    this.#fetchPicture = fetchPicture;
  }

  /** For looking at only: the picture is shared. A failed fetch is tried again by the next who asks. */
  get(frameIndex: number): Promise<RgbaPicture> {
    const picture = this.#pictures.get(frameIndex) ?? this.#fetch(frameIndex);
    this.#pictures.delete(frameIndex);
    this.#pictures.set(frameIndex, picture);
    const [oldest] = this.#pictures.keys();
    if (oldest !== undefined && this.#pictures.size > MAX_PICTURES) {
      this.#pictures.delete(oldest);
    }
    return picture;
  }

  /** Starts fetching a frame's picture, to have it when `get` asks. */
  prefetch(frameIndex: number): void {
    // An error counts when the frame is really wanted.
    this.get(frameIndex).catch(() => undefined);
  }

  #fetch(frameIndex: number): Promise<RgbaPicture> {
    const picture = this.#fetchPicture(frameIndex);
    picture.catch(() => {
      if (this.#pictures.get(frameIndex) === picture) {
        this.#pictures.delete(frameIndex);
      }
    });
    return picture;
  }
}
