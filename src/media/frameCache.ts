/** Decoded frames of all open footage, as bitmaps within one bound of bytes, with the next few decoded ahead. */
import type { FootageId } from '../core/base/ids';
import { frameCount } from '../core/video/frameTable';
import type { FrameReader, FrameSource } from './frameSource';
import { LruByBytes } from './lruByBytes';

export const DEFAULT_CACHE_BYTES = 256 * 1024 * 1024;
/** Frames decoded ahead of a caller who goes forward one by one. */
const PREFETCH_FORWARD = 4;
/** A step back restarts the decoder at a key frame; the frames before the one asked for come with the same run. */
const RUN_BACKWARD = 8;
const BYTES_PER_PIXEL = 4;

export class FrameCache implements Disposable {
  readonly #bitmaps: LruByBytes<string, ImageBitmap>;
  /** Frames being decoded, so that a frame asked for twice is decoded once. */
  readonly #pending = new Map<string, Promise<void>>();
  /** By footage and reader. */
  readonly #lastAsked = new Map<string, number>();
  readonly #prefetching = new Set<string>();
  #isDisposed = false;

  constructor(capacityBytes = DEFAULT_CACHE_BYTES) {
    this.#bitmaps = new LruByBytes(capacityBytes, (bitmap) => bitmap.close());
  }

  /** Bytes of the bitmaps held now; never above the bound, unless one frame alone is. */
  get heldBytes(): number {
    return this.#bitmaps.totalBytes;
  }

  /**
   * Calls `use` with the frame at display size and returns its answer. The bitmap stays the cache's own and may be
   * closed once `use` has returned, so `use` reads it synchronously.
   */
  async withFrame<T>(
    source: FrameSource,
    frameIndex: number,
    reader: FrameReader,
    use: (bitmap: ImageBitmap) => T,
  ): Promise<T> {
    const { footageId } = source.info;
    const step = frameIndex - (this.#lastAsked.get(keyOf(footageId, reader)) ?? NaN);
    this.#lastAsked.set(keyOf(footageId, reader), frameIndex);
    for (;;) {
      const bitmap = this.#bitmaps.get(keyOf(footageId, frameIndex));
      if (bitmap) {
        const answer = use(bitmap);
        if (step === 1) {
          void this.#prefetch(source, frameIndex + 1, reader);
        }
        return answer;
      }
      if (step === -1) {
        await this.#loadRunBefore(source, frameIndex, reader);
      }
      // Another frame may evict this one before the wait is over; then it is decoded again.
      await this.#load(source, frameIndex, reader);
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
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    this.#bitmaps.deleteWhere(() => true);
  }

  #load(source: FrameSource, frameIndex: number, reader: FrameReader): Promise<void> {
    const key = keyOf(source.info.footageId, frameIndex);
    let pending = this.#pending.get(key);
    if (!pending) {
      pending = this.#decode(source, frameIndex, reader, key).finally(() => this.#pending.delete(key));
      this.#pending.set(key, pending);
    }
    return pending;
  }

  async #decode(source: FrameSource, frameIndex: number, reader: FrameReader, key: string): Promise<void> {
    using frame = await source.getFrame(frameIndex, reader);
    const { width, height } = source.info;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { colorSpace: 'srgb' });
    if (!context) {
      throw new Error('this browser gives no 2D canvas in a worker');
    }
    frame.draw(context, width, height);
    const bitmap = canvas.transferToImageBitmap();
    if (this.#isDisposed) {
      bitmap.close();
      throw new Error('the frame cache is closed');
    }
    this.#bitmaps.put(key, bitmap, width * height * BYTES_PER_PIXEL);
  }

  /** One run at a time per footage and reader; it ends when the caller has gone elsewhere. */
  async #prefetch(source: FrameSource, from: number, reader: FrameReader): Promise<void> {
    const { footageId, frameTable } = source.info;
    const way = keyOf(footageId, reader);
    if (this.#prefetching.has(way)) {
      return;
    }
    this.#prefetching.add(way);
    try {
      const ahead = this.#affordable(source, PREFETCH_FORWARD);
      for (let index = from; index < frameCount(frameTable); index += 1) {
        const asked = this.#lastAsked.get(way) ?? Infinity;
        if (index < asked || index > asked + ahead) {
          return;
        }
        if (!this.#bitmaps.has(keyOf(footageId, index))) {
          await this.#load(source, index, reader);
        }
      }
    } catch {
      // Whoever asks for the frame itself is told what is wrong with it.
    } finally {
      this.#prefetching.delete(way);
    }
  }

  /** Decodes the frames that lead up to `frameIndex`, in ascending order, as long as that is the frame wanted. */
  async #loadRunBefore(source: FrameSource, frameIndex: number, reader: FrameReader): Promise<void> {
    const way = keyOf(source.info.footageId, reader);
    const first = Math.max(0, frameIndex - this.#affordable(source, RUN_BACKWARD - 1));
    for (let index = first; index < frameIndex && this.#lastAsked.get(way) === frameIndex; index += 1) {
      // A frame that cannot be decoded is reported to whoever asks for it, not here.
      await this.#load(source, index, reader).catch(() => undefined);
    }
  }

  /** At most `count` frames, and no more than half the cache holds: the rest keeps what was seen. */
  #affordable(source: FrameSource, count: number): number {
    const frameBytes = source.info.width * source.info.height * BYTES_PER_PIXEL;
    return Math.min(count, Math.floor(this.#bitmaps.capacityBytes / 2 / frameBytes));
  }
}

function keyOf(footageId: FootageId, part: number | FrameReader): string {
  return `${footageId}/${part}`;
}
