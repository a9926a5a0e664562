/** Brings the picture of the current frame to the canvas, newest first when decoding is slower than the user. */
import { toUserMessage } from '../core/base/errors';
import type { FootageId } from '../core/base/ids';
import type { Size } from '../core/geometry/box';
import type { MaskflowStore } from '../state/store';
import { LatestWins, type Finish } from './latestWins';
import type { FramePainter } from './maskflowApp';
import type { FootageService } from './services';

/** `size` is null for the whole picture. */
type Wish = { readonly footageId: FootageId; readonly frameIndex: number; readonly size: Size | null };

/** Frames that follow each other faster than this go by: no more of their pixels are fetched than are seen. */
export const PASSING_MS = 100;

export class FrameFeed {
  readonly #store: MaskflowStore;
  readonly #footage: Pick<FootageService, 'getBitmap'>;
  readonly #painters = new Map<FramePainter, () => Size | null>();
  readonly #requests = new LatestWins<Wish>((wish) => this.#fetch(wish));
  readonly #unsubscribe: () => void;
  #movedMs = -Infinity;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(store: MaskflowStore, footage: Pick<FootageService, 'getBitmap'>) {
    this.#store = store;
    this.#footage = footage;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage !== previous.footage) {
        this.#request(null);
      } else if (state.currentFrame !== previous.currentFrame) {
        this.#move();
      }
    });
  }

  /** `seenSize` tells how many pixels of a picture are seen; null for all of them. */
  attach(painter: FramePainter, seenSize: () => Size | null = () => null): () => void {
    this.#painters.set(painter, seenSize);
    this.#request(null);
    return () => this.#painters.delete(painter);
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    clearTimeout(this.#rest);
    this.#requests.clear();
  }

  #move(): void {
    const nowMs = performance.now();
    const isPassing = nowMs - this.#movedMs < PASSING_MS;
    this.#movedMs = nowMs;
    this.#request(isPassing ? this.#seenSize() : null);
  }

  /** What all painters together need; null for whole pictures. */
  #seenSize(): Size | null {
    const sizes = [...this.#painters.values()].map((seenSize) => seenSize());
    return sizes.reduce((most, size) => (!most || !size ? null : size.width > most.width ? size : most), {
      width: 1,
      height: 1,
    });
  }

  #request(size: Size | null): void {
    const { footage, currentFrame } = this.#store.getState();
    clearTimeout(this.#rest);
    if (!footage || this.#painters.size === 0) {
      return;
    }
    this.#requests.request({ footageId: footage.footageId, frameIndex: currentFrame, size });
    if (size) {
      // Where the user stops, the whole picture follows.
      this.#rest = setTimeout(() => this.#request(null), PASSING_MS);
    }
  }

  async #fetch({ footageId, frameIndex, size }: Wish): Promise<Finish | void> {
    try {
      const bitmap = await this.#footage.getBitmap(footageId, frameIndex, size ?? undefined);
      return () => this.#show(bitmap, { footageId, frameIndex, size });
    } catch (error) {
      if (this.#store.getState().footage?.footageId === footageId) {
        this.#store.getState().setPlaying(false);
        this.#store.getState().showError(toUserMessage(error));
      }
    }
  }

  #show(bitmap: ImageBitmap, { footageId, frameIndex }: Wish): void {
    const { footage } = this.#store.getState();
    try {
      if (footage?.footageId === footageId) {
        for (const paint of this.#painters.keys()) {
          paint(bitmap, frameIndex);
        }
        this.#store.getState().setShownFrame(frameIndex, bitmap.width < footage.width);
      }
    } finally {
      bitmap.close();
    }
  }
}
