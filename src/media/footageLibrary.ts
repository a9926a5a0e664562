/** All open footage by id: who asks for a frame here gets a picture of their own. */
import type { FootageId } from '../core/base/ids';
import type { Size } from '../core/geometry/box';
import type { FootageInfo } from '../core/video/footageInfo';
import { FrameCache, DEFAULT_CACHE_BYTES } from './frameCache';
import type { FrameSource, NamedFile, OpenContext } from './frameSource';
import { openFootage } from './openFootage';

/** RGBA, 8 bit, row-major, display space. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
};

export class FootageLibrary implements AsyncDisposable {
  readonly #sources = new Map<FootageId, FrameSource>();
  readonly #cache: FrameCache;
  /** One canvas for all reads: a canvas made for reading keeps its pixels out of the GPU. */
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #context: OffscreenCanvasRenderingContext2D;

  constructor(cacheBytes = DEFAULT_CACHE_BYTES) {
    this.#cache = new FrameCache(cacheBytes);
    const context = this.#canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
    if (!context) {
      throw new Error('this browser gives no 2D canvas in a worker');
    }
    this.#context = context;
  }

  get heldBytes(): number {
    return this.#cache.heldBytes;
  }

  /** Other open footage stays as it is, whether this succeeds or fails. */
  async open(files: readonly NamedFile[], context: Omit<OpenContext, 'footageId'>): Promise<FootageInfo> {
    // Different from those of a library before, in a worker that died.
    const footageId = `footage-${crypto.randomUUID()}` as FootageId;
    const source = await openFootage(files, { ...context, footageId });
    this.#sources.set(footageId, source);
    return source.info;
  }

  /** A bitmap of display size, or of `size`, that the caller owns. */
  async getBitmap(footageId: FootageId, frameIndex: number, size?: Size): Promise<ImageBitmap> {
    const source = this.#source(footageId, frameIndex);
    // The copy is under way, no longer needing the cached bitmap, before the cache can close that.
    const copy = await this.#cache.withFrame(source, frameIndex, 'screen', copied, size);
    return copy.made;
  }

  async getPixels(footageId: FootageId, frameIndex: number): Promise<Pixels> {
    return this.#cache.withFrame(this.#source(footageId, frameIndex), frameIndex, 'pixels', (bitmap) => {
      const { width, height } = bitmap;
      if (this.#canvas.width !== width || this.#canvas.height !== height) {
        this.#canvas.width = width;
        this.#canvas.height = height;
      }
      this.#context.drawImage(bitmap, 0, 0);
      return { width, height, data: this.#context.getImageData(0, 0, width, height).data };
    });
  }

  /**
   * A small picture, `heightPx` high, of a frame between these two (both included): the one that costs least. The caller
   * owns it. Rejects as cancelled once `signal` aborts.
   */
  async getThumbnail(
    footageId: FootageId,
    range: { readonly fromFrame: number; readonly toFrame: number },
    heightPx: number,
    signal: AbortSignal,
  ): Promise<ImageBitmap> {
    const { fromFrame, toFrame } = range;
    const source = this.#source(footageId, fromFrame);
    const { width, height } = source.info;
    const canvas = new OffscreenCanvas(Math.max(Math.round((width / height) * heightPx), 1), heightPx);
    const context = canvas.getContext('2d', { colorSpace: 'srgb' });
    if (!context) {
      throw new Error('this browser gives no 2D canvas in a worker');
    }
    context.imageSmoothingQuality = 'medium';
    const known = this.#cache.peek(footageId, fromFrame);
    if (known) {
      context.drawImage(known, 0, 0, canvas.width, canvas.height);
    } else {
      const frameIndex = source.cheapestFrame?.(fromFrame, toFrame) ?? fromFrame;
      using frame = await source.getFrame(frameIndex, 'thumbnails', signal);
      frame.draw(context, canvas.width, canvas.height);
    }
    return canvas.transferToImageBitmap();
  }

  async close(footageId: FootageId): Promise<void> {
    const source = this.#sources.get(footageId);
    this.#sources.delete(footageId);
    await source?.[Symbol.asyncDispose]();
    this.#cache.forget(footageId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#sources.keys()].map((footageId) => this.close(footageId)));
    this.#cache[Symbol.dispose]();
  }

  #source(footageId: FootageId, frameIndex: number): FrameSource {
    const source = this.#sources.get(footageId);
    if (!source) {
      throw new TypeError(`no open footage ${footageId}`);
    }
    const count = source.info.frameTable.timestampsSec.length;
    if (!Number.isInteger(frameIndex) || frameIndex < 0 || frameIndex >= count) {
      throw new TypeError(`no frame ${frameIndex} in ${source.info.name}, which has ${count}`);
    }
    return source;
  }
}

/** Wrapped, so that whoever hands the answer on does not wait for it. */
function copied(bitmap: ImageBitmap): { readonly made: Promise<ImageBitmap> } {
  return { made: createImageBitmap(bitmap) };
}
