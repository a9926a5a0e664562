/** The frames of a sequence as pictures: decoded once into a folder, read one at a time. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { RgbaPicture } from '../../../src/engine/sam/preprocess';
import { runFfmpeg, type Ffmpeg } from './ffmpeg';
import { UsageError } from './host';
import type { Sequence } from './sequences';

export type FrameFolder = {
  readonly count: number;
  /** Index among the frames taken. */
  readonly read: (index: number) => RgbaPicture;
  readonly remove: () => void;
};

/** Every pixel of chroma interpolated, as other decoders do it, instead of the fast default. */
const EXACT_COLOUR = ['-sws_flags', 'bilinear+accurate_rnd+full_chroma_int+full_chroma_inp'];

/** Decodes every `every`-th frame, `limit` at most, to a temporary folder; the caller removes it. */
export async function decodeFrames(
  ffmpeg: Ffmpeg,
  { name, footage }: Sequence,
  { every, limit }: { readonly every: number; readonly limit: number | null },
): Promise<FrameFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'maskflow-frames-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const output = [...EXACT_COLOUR, ...ffmpeg.passthrough, '-f', 'image2', '-c:v', 'ppm', '-pix_fmt', 'rgb24'];
  const target = join(folder, '%08d.ppm');
  if ('video' in footage) {
    const pick = every > 1 ? ['-vf', `select=not(mod(n\\,${every}))`] : [];
    const stop = limit === null ? [] : ['-frames:v', String(limit)];
    await runFfmpeg(ffmpeg, ['-i', footage.video, '-map', '0:v:0', ...pick, ...stop, ...output, target], []);
  } else {
    const pictures = footage.pictures
      .filter((_, index) => index % every === 0)
      .slice(0, limit ?? footage.pictures.length);
    const codecs = new Set(pictures.map((file) => (/png$/i.test(extname(file)) ? 'png' : 'mjpeg')));
    if (codecs.size > 1) {
      throw new UsageError(`The frames of ${name} are partly JPEG and partly PNG; they must be of one kind.`);
    }
    const input = ['-f', 'image2pipe', '-c:v', [...codecs][0]!, '-i', 'pipe:0'];
    await runFfmpeg(ffmpeg, [...input, ...output, target], pictures);
    const made = readdirSync(folder).length;
    if (made !== pictures.length) {
      throw new UsageError(`${pictures.length} frames of ${name} gave ${made} pictures: one is damaged.`);
    }
  }
  const files = readdirSync(folder).toSorted();
  return {
    count: files.length,
    read: (index) => {
      const file = files[index];
      if (file === undefined) {
        throw new RangeError(`${name} has no frame ${index}`);
      }
      return readPpm(readFileSync(join(folder, file)));
    },
    remove: () => {
      process.off('exit', remove);
      remove();
    },
  };
}

/** A binary 8-bit PPM as ffmpeg writes it: `P6\nWIDTH HEIGHT\n255\n`, then RGB. */
export function readPpm(bytes: Uint8Array): RgbaPicture {
  const header = /^P6\n(\d+) (\d+)\n255\n/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
  if (!header) {
    throw new Error('not a binary PPM with 8 bits for each value');
  }
  const [text, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let to = 0, from = text.length; to < data.length; to += 4, from += 3) {
    data[to] = bytes[from]!;
    data[to + 1] = bytes[from + 1]!;
    data[to + 2] = bytes[from + 2]!;
    data[to + 3] = 255;
  }
  return { width, height, data };
}
