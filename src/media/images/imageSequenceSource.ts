/** Frames from a sequence of PNG or JPEG images, each decoded when it is asked for. */
import { assert } from '../../core/base/assert';
import { UserFacingError } from '../../core/base/errors';
import type { FootageInfo } from '../../core/video/footageInfo';
import { fileChanged, isFileGone, unreadableImage } from '../footageErrors';
import type { DecodedFrame, FrameSource, OpenContext } from '../frameSource';
import { bitmapFrame } from './bitmapFrame';
import type { ImageEntry } from './imageEntries';
import { readImageSequence, type ImageSequence } from './imageSequence';

/** Images carry no times; this is what most cameras and tools would have used. */
const ASSUMED_FRAME_RATE = 25;

export class ImageSequenceSource implements FrameSource {
  readonly info: FootageInfo;
  readonly #sequence: ImageSequence;
  readonly #close: () => Promise<void>;

  private constructor(info: FootageInfo, sequence: ImageSequence, close: () => Promise<void>) {
    this.info = info;
    this.#sequence = sequence;
    this.#close = close;
  }

  /**
   * With no name the images are called by the first and the last of them. `close` frees what the entries read from.
   * Rejects with a UserFacingError that names the image at fault.
   */
  static async open(
    name: string | null,
    entries: readonly ImageEntry[],
    context: OpenContext,
    close: () => Promise<void> = () => Promise.resolve(),
  ): Promise<ImageSequenceSource> {
    const sequence = await readImageSequence(entries, context);
    const source = new ImageSequenceSource(describeSequence(name, sequence, context), sequence, close);
    // The first picture decodes now, so that a browser that cannot read these images says so at opening.
    (await source.getFrame(0))[Symbol.dispose]();
    return source;
  }

  async getFrame(frameIndex: number): Promise<DecodedFrame> {
    const image = this.#sequence.images[frameIndex];
    assert(image, `no frame ${frameIndex} in ${this.info.name}`);
    const { path } = image.entry;
    try {
      return bitmapFrame(await createImageBitmap(await image.entry.readBlob()));
    } catch (error) {
      if (error instanceof UserFacingError) {
        throw error;
      }
      throw isFileGone(error)
        ? fileChanged(path, error)
        : unreadableImage(path, 'its data are damaged', error);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

function describeSequence(name: string | null, sequence: ImageSequence, context: OpenContext): FootageInfo {
  const { images, ignored } = sequence;
  const first = images[0];
  assert(first, 'an image sequence has at least one image');
  const notes = [
    `Images carry no times: ${ASSUMED_FRAME_RATE} frames per second are assumed until you say otherwise.`,
  ];
  if (ignored.length > 0) {
    notes.push(`Ignored, as they are not PNG or JPEG images: ${summarize(ignored)}.`);
  }
  return {
    footageId: context.footageId,
    name: name ?? nameOfImages(images.map(({ entry }) => entry.path)),
    kind: 'images',
    decoder: 'image',
    width: first.header.width,
    height: first.header.height,
    frameTable: {
      timestampsSec: Float64Array.from(images, (_, index) => index / ASSUMED_FRAME_RATE),
      lastDurationSec: 1 / ASSUMED_FRAME_RATE,
    },
    frameRate: ASSUMED_FRAME_RATE,
    frameNames: images.map(({ entry }) => stem(entry.path)),
    codec: [...new Set(images.map(({ header }) => header.format))].join('+'),
    notes,
  };
}

function nameOfImages(paths: readonly string[]): string {
  const [first = '', last = first] = [paths[0], paths.at(-1)];
  return paths.length > 1 ? `${stem(first)}–${stem(last)}` : (first.split('/').at(-1) ?? first);
}

function summarize(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${shown} and ${paths.length - 3} more` : shown;
}

function stem(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.[^.]*$/, '');
}
