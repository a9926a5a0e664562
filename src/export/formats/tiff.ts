/** All label maps as pages of one TIFF, described as ImageJ does it, so that it opens as a stack over time. */
import { isBigTiff } from '../../core/export/bigTiff';
import { littleEndian } from '../../core/export/npyHeader';
import { isWide, labelMapAt, type FormatContext } from '../exportContext';
import type { ExportedFile } from '../exportedFile';
import { deflate } from '../pngFile';
import { evenLength, tiffDirectory, tiffStart, type TiffPage } from '../tiffDirectory';

type PackedPage = { readonly page: TiffPage; readonly packed: Uint8Array<ArrayBuffer> };

/** ImageJ reads frame times in seconds. Only ASCII. */
function description({ frames }: FormatContext): string {
  const count = frames.length;
  const first = frames[0]?.timestampSec ?? 0;
  const last = frames.at(-1)?.timestampSec ?? 0;
  const lines = ['ImageJ=1.54f', `images=${count}`, `frames=${count}`, 'hyperstack=true', 'mode=grayscale'];
  if (count > 1 && last > first) {
    lines.push(`finterval=${((last - first) / (count - 1)).toFixed(9)}`, 'tunit=sec');
  }
  return `${[...lines, 'loop=false'].join('\n')}\n`;
}

/**
 * Each page is its packed pixels and then its directory, which names the place of the next: so one page is packed ahead
 * of what is written.
 */
async function* pieces(context: FormatContext, isBig: boolean): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { width, height } = context.request;
  const bits = isWide(context) ? 16 : 8;
  const start = tiffStart(isBig);
  let position = start.headLength;
  let before: PackedPage | null = null;
  for (const { frameIndex } of context.frames) {
    const { data } = await labelMapAt(context, frameIndex);
    const packed = await deflate(data instanceof Uint16Array ? littleEndian(data) : data);
    const text: string | null = before === null ? description(context) : null;
    const page: TiffPage = { width, height, bits, stripBytes: packed.length, text, isBig };
    if (before === null) {
      yield start.head(packed.length);
    } else {
      yield* written(before, position, packed.length);
      position += evenLength(before.packed.length) + tiffDirectory(before.page, 0, 0).length;
    }
    before = { page, packed };
    context.frameDone();
  }
  if (before) {
    yield* written(before, position, null);
  }
}

/** The page at `position`; `nextBytes` of pixels come before the next directory, null for the last page. */
function* written(
  { page, packed }: PackedPage,
  position: number,
  nextBytes: number | null,
): Generator<Uint8Array<ArrayBuffer>> {
  const end = position + evenLength(packed.length) + tiffDirectory(page, 0, 0).length;
  yield packed;
  yield new Uint8Array(packed.length & 1);
  yield tiffDirectory(page, position, nextBytes === null ? 0 : end + evenLength(nextBytes));
}

export async function* writeTiff(context: FormatContext): AsyncGenerator<ExportedFile> {
  const { width, height } = context.request;
  const bytes = width * height * context.frames.length * (isWide(context) ? 2 : 1);
  yield { name: 'masks.tif', bytes: pieces(context, isBigTiff(bytes)) };
}
