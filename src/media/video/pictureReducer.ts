/** Makes small pictures of decoded video frames, in whichever of two ways is the quicker one on this machine. */
import type { VideoSample } from 'mediabunny';
import type { Size } from '../../core/geometry/box';
import { drawnPicture } from '../drawnPicture';

/** Formats of decoders that leave frames in memory; what lies on a GPU says the same or nothing, and copies slowly. */
const COPIED_FORMATS: readonly unknown[] = ['I420', 'NV12'];
const PLAIN_TRANSFERS: readonly unknown[] = [null, 'bt709', 'smpte170m', 'iec61966-2-1'];
/** How often each way is tried before the quicker one is kept to. */
const TRIALS = 3;

type Way = 'copy' | 'draw';

/**
 * Drawing a frame that lies in memory converts all its pixels with colour management, which takes several times as long
 * as the decoder's own conversion; copying a frame that lies on a GPU waits for it. Which is the case cannot be asked, so
 * both are timed. The colours are the same either way.
 */
export class PictureReducer {
  readonly #bestMs: Record<Way, number> = { copy: Infinity, draw: Infinity };
  readonly #tries: Record<Way, number> = { copy: 0, draw: 0 };
  /** Full-size RGBA, kept from frame to frame; null while one is being copied. */
  #buffer: Uint8ClampedArray<ArrayBuffer> | null = new Uint8ClampedArray(0);

  /** A picture of the whole frame at this size, which is not larger; whoever asked for it closes it. */
  async reduce(sample: VideoSample, size: Size): Promise<ImageBitmap> {
    const buffer = this.#buffer;
    if (!buffer || !canCopy(sample) || this.#chosen() === 'draw') {
      return this.#timed('draw', async () => drawn(sample, size));
    }
    this.#buffer = null;
    try {
      return await this.#timed('copy', () => this.#copied(sample, size, buffer));
    } catch {
      // Some browsers copy frames in their own format alone.
      this.#tries.copy = Infinity;
      return drawn(sample, size);
    } finally {
      this.#buffer ??= buffer;
    }
  }

  #chosen(): Way {
    const { copy, draw } = this.#tries;
    if (copy < TRIALS || draw < TRIALS) {
      return copy <= draw ? 'copy' : 'draw';
    }
    return this.#bestMs.copy < this.#bestMs.draw ? 'copy' : 'draw';
  }

  async #timed(way: Way, make: () => Promise<ImageBitmap>): Promise<ImageBitmap> {
    const startMs = performance.now();
    const picture = await make();
    this.#tries[way] += 1;
    this.#bestMs[way] = Math.min(this.#bestMs[way], performance.now() - startMs);
    return picture;
  }

  async #copied(sample: VideoSample, size: Size, old: Uint8ClampedArray<ArrayBuffer>): Promise<ImageBitmap> {
    const { width, height } = sample.visibleRect;
    const bytes = width * height * 4;
    const buffer = old.length === bytes ? old : new Uint8ClampedArray(bytes);
    await sample.copyTo(buffer, { format: 'RGBX', colorSpace: 'srgb' });
    const bitmap = await createImageBitmap(new ImageData(buffer, width, height), {
      resizeWidth: size.width,
      resizeHeight: size.height,
      resizeQuality: 'low',
    });
    this.#buffer = buffer;
    return bitmap;
  }
}

function drawn(sample: VideoSample, size: Size): ImageBitmap {
  return drawnPicture({ draw: (context, width, height) => sample.draw(context, 0, 0, width, height) }, size);
}

/** Whether its pixels, in rows as they are stored, are the picture: upright, square, in plain colours of 8 bits. */
function canCopy(sample: VideoSample): boolean {
  const { format, rotation, flip, visibleRect, colorSpace } = sample;
  return (
    COPIED_FORMATS.includes(format) &&
    rotation === 0 &&
    !flip &&
    visibleRect.width === sample.squarePixelWidth &&
    visibleRect.height === sample.squarePixelHeight &&
    PLAIN_TRANSFERS.includes(colorSpace.transfer ?? null)
  );
}
