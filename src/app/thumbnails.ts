/** Small pictures for the filmstrip: made one at a time while nobody needs a frame, kept within bounds. */
import { isCancelled } from '../core/base/errors';
import type { FootageId } from '../core/base/ids';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { FootageService } from './services';

/** Frames that one thumbnail may stand for, both included. */
export type ThumbnailSlot = { readonly fromFrame: number; readonly toFrame: number };

export interface Thumbnails {
  /** The picture of a slot, or null while it is not there. Valid until the next change; not to be closed. */
  get(slot: ThumbnailSlot): ImageBitmap | null;
  /** The slots on show, most wanted first; they replace the wish before. */
  want(slots: readonly ThumbnailSlot[]): void;
  /** Called whenever a picture came or went. Returns how to stop. */
  onChange(listener: () => void): () => void;
}

export const THUMBNAIL_HEIGHT_PX = 72;
/** 128 x 72 RGBA take 36 KiB; this many about 30 MB. */
const MAX_THUMBNAILS = 800;
/** How long the picture on show must have been the wanted one: scrubbing pauses shorter than this. */
const REST_MS = 150;

function keyOf({ fromFrame, toFrame }: ThumbnailSlot): string {
  return `${fromFrame}-${toFrame}`;
}

/** Whether the user waits for a frame, or is likely to in a moment. */
function isScreenBusy({ footage, isPlaying, currentFrame, shownFrame }: MaskflowState): boolean {
  return footage === null || isPlaying || shownFrame !== currentFrame;
}

export class ThumbnailFeed implements Thumbnails {
  readonly #store: MaskflowStore;
  readonly #footage: Pick<FootageService, 'getThumbnail'>;
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe: () => void;
  /** In order of use, oldest first; null for frames that cannot be decoded. */
  readonly #pictures = new Map<string, ImageBitmap | null>();
  #wanted: readonly ThumbnailSlot[] = [];
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: MaskflowStore, footage: Pick<FootageService, 'getThumbnail'>) {
    this.#store = store;
    this.#footage = footage;
    this.#unsubscribe = store.subscribe((state, previous) => {
      if (state.footage?.footageId !== previous.footage?.footageId) {
        this.#forgetAll();
      }
      if (state.currentFrame !== previous.currentFrame || state.isPlaying !== previous.isPlaying) {
        // Whoever needs a frame now has the decoder to themselves.
        this.#running?.abort();
      }
      if (state.shownFrame !== previous.shownFrame || state.isPlaying !== previous.isPlaying) {
        this.#schedule();
      }
    });
  }

  get(slot: ThumbnailSlot): ImageBitmap | null {
    const key = keyOf(slot);
    const picture = this.#pictures.get(key);
    if (picture === undefined) {
      return null;
    }
    this.#pictures.delete(key);
    this.#pictures.set(key, picture);
    return picture;
  }

  want(slots: readonly ThumbnailSlot[]): void {
    this.#wanted = slots.slice(0, MAX_THUMBNAILS);
    this.#schedule();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  [Symbol.dispose](): void {
    this.#unsubscribe();
    this.#forgetAll();
    this.#listeners.clear();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#next()) {
      this.#timer = setTimeout(() => void this.#run(), REST_MS);
    }
  }

  #next(): ThumbnailSlot | undefined {
    return this.#wanted.find((slot) => !this.#pictures.has(keyOf(slot)));
  }

  /** Makes what is wanted, most wanted first, until all is there or somebody needs a frame. */
  async #run(): Promise<void> {
    if (this.#running) {
      return;
    }
    const stop = new AbortController();
    this.#running = stop;
    try {
      for (let slot = this.#next(); slot && !stop.signal.aborted; slot = this.#next()) {
        const { footage } = this.#store.getState();
        if (!footage || isScreenBusy(this.#store.getState())) {
          return;
        }
        await this.#make(footage.footageId, slot, stop.signal);
      }
    } finally {
      this.#running = null;
      // Given up for a frame that has been shown meanwhile, and whose showing found this still running.
      if (stop.signal.aborted) {
        this.#schedule();
      }
    }
  }

  async #make(footageId: FootageId, slot: ThumbnailSlot, signal: AbortSignal): Promise<void> {
    let picture: ImageBitmap | null = null;
    try {
      picture = await this.#footage.getThumbnail(footageId, slot, THUMBNAIL_HEIGHT_PX, signal);
    } catch (error) {
      if (isCancelled(error) || signal.aborted) {
        return;
      }
      // The frame itself tells what is wrong with it when it is shown; here a place stays empty.
    }
    if (this.#store.getState().footage?.footageId !== footageId) {
      picture?.close();
      return;
    }
    this.#keep(keyOf(slot), picture);
    this.#listeners.forEach((listener) => listener());
  }

  #keep(key: string, picture: ImageBitmap | null): void {
    this.#pictures.set(key, picture);
    for (const [oldest, old] of this.#pictures) {
      if (this.#pictures.size <= MAX_THUMBNAILS) {
        return;
      }
      this.#pictures.delete(oldest);
      old?.close();
    }
  }

  #forgetAll(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#pictures.forEach((picture) => picture?.close());
    this.#pictures.clear();
    this.#listeners.forEach((listener) => listener());
  }
}
