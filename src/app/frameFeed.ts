/** Brings the picture of the current frame to the canvas, newest first when decoding is slower than the user. */
import { toUserMessage } from '../core/base/errors';
import type { FootageId } from '../core/base/ids';
import type { MaskflowStore } from '../state/store';
import { LatestWins } from './latestWins';
import type { FramePainter } from './maskflowApp';
import type { FootageService } from './services';

type Wish = { footageId: FootageId; frameIndex: number };

export class FrameFeed {
  readonly #store: MaskflowStore;
  readonly #footage: Pick<FootageService, 'getBitmap'>;
  readonly #painters = new Set<FramePainter>();
  readonly #requests = new LatestWins<Wish>((wish) => this.#show(wish));
  readonly #unsubscribe: () => void;

  constructor(store: MaskflowStore, footage: Pick<FootageService, 'getBitmap'>) {
    this.#store = store;
    this.#footage = footage;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage !== previous.footage || state.currentFrame !== previous.currentFrame) {
        this.#requestCurrent();
      }
    });
  }

  attach(painter: FramePainter): () => void {
    this.#painters.add(painter);
    this.#requestCurrent();
    return () => this.#painters.delete(painter);
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.#requests.clear();
  }

  #requestCurrent(): void {
    const { footage, currentFrame } = this.#store.getState();
    if (footage && this.#painters.size > 0) {
      this.#requests.request({ footageId: footage.footageId, frameIndex: currentFrame });
    }
  }

  async #show({ footageId, frameIndex }: Wish): Promise<void> {
    try {
      const bitmap = await this.#footage.getBitmap(footageId, frameIndex);
      try {
        if (this.#store.getState().footage?.footageId === footageId) {
          for (const paint of this.#painters) {
            paint(bitmap, frameIndex);
          }
          this.#store.getState().setShownFrame(frameIndex);
        }
      } finally {
        bitmap.close();
      }
    } catch (error) {
      if (this.#store.getState().footage?.footageId === footageId) {
        this.#store.getState().setPlaying(false);
        this.#store.getState().showError(toUserMessage(error));
      }
    }
  }
}
