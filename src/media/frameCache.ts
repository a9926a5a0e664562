/** Decoded frames of all open footage, as bitmaps within one bound of bytes, with the next few decoded ahead. */
import type { FootageId } from '../core/base/ids';
import type { Size } from '../core/geometry/box';
import { frameCount } from '../core/video/frameTable';
import { drawnPicture } from './drawnPicture';
import type { DecodedFrame, FrameReader, FrameSource } from './frameSource';
import { LruByBytes } from './lruByBytes';

export const DEFAULT_CACHE_BYTES = 256 * 1024 * 1024;
/** Frames decoded ahead of a caller who goes forward one by one. */
const PREFETCH_FORWARD = 4;
/** A step back restarts the decoder at a key frame; the frames before the one asked for come with the same run. */
const RUN_BACKWARD = 8;
/** Reduced pictures are for scrubbing, where steps back are longer; they are small enough to keep a longer run. */
const REDUCED_RUN_BACKWARD = 24;
/** With longer steps back too few frames of a run are asked for to be worth it. */
const REDUCED_STEP_BACKWARD = 5;
const BYTES_PER_PIXEL = 4;

export class FrameCache implements Disposable {
  readonly #bitmaps: LruByBytes<string, ImageBitmap>;
  /** Frames being decoded, so that a frame asked for twice is decoded once. */
  readonly #pending = new Map<string, Promise<void>>();
  /** By footage and reader. */
  readonly #lastAsked = new Map<string, number>();
  readonly #prefetching = new Set<string>();
  /** The frame decoded last for a reduced picture: where the user stops, the whole one is asked for next. */
  #held: { readonly key: string; readonly frame: DecodedFrame } | null = null;
  #isDisposed = false;

  constructor(capacityBytes = DEFAULT_CACHE_BYTES) {
    this.#bitmaps = new LruByBytes(capacityBytes, (bitmap) => bitmap.close());
  }

  /** Bytes of the bitmaps held now; never above the bound, unless one frame alone is. */
  get heldBytes(): number {
    return this.#bitmaps.totalBytes;
  }

  /**
   * Calls `use` with the frame at display size, or reduced to `size`, and returns its answer. The bitmap stays the cache's own and may be
   * closed once `use` has returned, so `use` reads it synchronously.
   */
  async withFrame<T>(
    source: FrameSource,
    frameIndex: number,
    reader: FrameReader,
    use: (bitmap: ImageBitmap) => T,
    size: Size = source.info,
  ): Promise<T> {
    const { footageId } = source.info;
    const isReduced = size.width !== source.info.width || size.height !== source.info.height;
    const wanted: Wanted = isReduced ? { source, reader, size } : { source, reader, size: null };
    const step = frameIndex - (this.#lastAsked.get(keyOf(footageId, reader)) ?? NaN);
    this.#lastAsked.set(keyOf(footageId, reader), frameIndex);
    for (;;) {
      const bitmap = this.#bitmaps.get(pictureKey(wanted, frameIndex));
      if (bitmap) {
        const answer = use(bitmap);
        // Reduced pictures are made in no time, and the frame held for one is to be the one on show.
        if (step === 1 && !isReduced) {
          void this.#prefetch(wanted, frameIndex + 1);
        }
        return answer;
      }
      if (step === -1 || (isReduced && step < 0 && step >= -REDUCED_STEP_BACKWARD)) {
        await this.#loadRunBefore(wanted, frameIndex);
      }
      // Another frame may evict this one before the wait is over; then it is decoded again.
      await this.#load(wanted, frameIndex);
    }
  }

  /** The frame if it is at hand, to be read at once; it does not count as used. */
  peek(footageId: FootageId, frameIndex: number): ImageBitmap | null {
    return this.#bitmaps.peek(keyOf(footageId, frameIndex)) ?? null;
  }

  /** Drops all frames of one footage. */
  forget(footageId: FootageId): void {
    for (const key of [...this.#lastAsked.keys()].filter((at) => at.startsWith(`${footageId}/`))) {
      this.#lastAsked.delete(key);
    }
    this.#bitmaps.deleteWhere((key) => key.startsWith(`${footageId}/`));
    if (this.#held?.key.startsWith(`${footageId}/`)) {
      this.#hold(null);
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#hold(null);
    this.#bitmaps.deleteWhere(() => true);
  }

  #load(wanted: Wanted, frameIndex: number): Promise<void> {
    const key = pictureKey(wanted, frameIndex);
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = this.#decode(wanted, frameIndex, key).finally(() => this.#pending.delete(key));
      this.#pending.set(key, pending);
    }
    return pending;
  }

  async #decode(wanted: Wanted, frameIndex: number, key: string): Promise<void> {
    const { source, reader, size } = wanted;
    const heldKey = keyOf(source.info.footageId, frameIndex);
    const frame = this.#takeHeld(heldKey) ?? (await source.getFrame(frameIndex, reader));
    let isKept = false;
    try {
      const bitmap =
        size && frame.reduced ? await frame.reduced(size) : drawnPicture(frame, size ?? source.info);
      if (this.#isDisposed) {
        bitmap.close();
        throw new Error('the frame cache is closed');
      }
      this.#bitmaps.put(key, bitmap, bitmap.width * bitmap.height * BYTES_PER_PIXEL);
      isKept = size !== null;
    } finally {
      if (isKept) {
        this.#hold({ key: heldKey, frame });
      } else {
        frame[Symbol.dispose]();
      }
    }
  }

  #hold(held: { readonly key: string; readonly frame: DecodedFrame } | null): void {
    this.#held?.frame[Symbol.dispose]();
    this.#held = held;
  }

  /** The frame if it is held; it is the caller's then. */
  #takeHeld(key: string): DecodedFrame | null {
    if (this.#held?.key !== key) {
      return null;
    }
    const { frame } = this.#held;
    this.#held = null;
    return frame;
  }

  /** One run at a time per footage and reader; it ends when the caller has gone elsewhere. */
  async #prefetch(wanted: Wanted, from: number): Promise<void> {
    const { footageId, frameTable } = wanted.source.info;
    const { reader } = wanted;
    const way = keyOf(footageId, reader);
    if (this.#prefetching.has(way)) {
      return;
    }
    this.#prefetching.add(way);
    try {
      const ahead = this.#affordable(wanted, PREFETCH_FORWARD);
      for (let index = from; index < frameCount(frameTable); index += 1) {
        const asked = this.#lastAsked.get(way) ?? Infinity;
        if (index < asked || index > asked + ahead) {
          return;
        }
        if (!this.#bitmaps.has(pictureKey(wanted, index))) {
          await this.#load(wanted, index);
        }
      }
    } catch {
      // Whoever asks for the frame itself is told what is wrong with it.
    } finally {
      this.#prefetching.delete(way);
    }
  }

  /** Decodes the frames that lead up to `frameIndex`, in ascending order, as long as that is the frame wanted. */
  async #loadRunBefore(wanted: Wanted, frameIndex: number): Promise<void> {
    const way = keyOf(wanted.source.info.footageId, wanted.reader);
    const run = wanted.size ? REDUCED_RUN_BACKWARD : RUN_BACKWARD;
    const first = Math.max(0, frameIndex - this.#affordable(wanted, run - 1));
    for (let index = first; index < frameIndex && this.#lastAsked.get(way) === frameIndex; index += 1) {
      // A frame that cannot be decoded is reported to whoever asks for it, not here.
      await this.#load(wanted, index).catch(() => undefined);
    }
  }

  /** At most `count` frames, and no more than half the cache holds: the rest keeps what was seen. */
  #affordable({ source, size }: Wanted, count: number): number {
    const { width, height } = size ?? source.info;
    const frameBytes = width * height * BYTES_PER_PIXEL;
    return Math.min(count, Math.floor(this.#bitmaps.capacityBytes / 2 / frameBytes));
  }
}

/** Of one reader, at one size; null is display size. */
type Wanted = { readonly source: FrameSource; readonly reader: FrameReader; readonly size: Size | null };

function pictureKey({ source, size }: Wanted, frameIndex: number): string {
  const key = keyOf(source.info.footageId, frameIndex);
  return size ? `${key}@${size.width}x${size.height}` : key;
}

function keyOf(footageId: FootageId, part: number | FrameReader): string {
  return `${footageId}/${part}`;
}
