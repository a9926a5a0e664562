import { describe, expect, it } from 'vitest';
import { newFootageId } from '../../core/base/ids';
import { expectedOf, fixtureFile, nearestFrame, signatureOf } from '../__fixtures__/fixtures';
import type { FrameSource } from '../frameSource';
import { FfmpegSource, missingNote } from './ffmpegSource';

const COPIES = 200;

function open(file: File, options: { signal?: AbortSignal; onPhase?: (phase: string) => void } = {}) {
  return FfmpegSource.open(file, 'A test.', {
    footageId: newFootageId(),
    signal: options.signal ?? new AbortController().signal,
    onProgress: ({ phase }) => options.onPhase?.(phase),
  });
}

async function pictureOf(source: FrameSource, frameIndex: number): Promise<ImageData> {
  using frame = await source.getFrame(frameIndex, 'screen');
  const { width, height } = source.info;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new Error('no canvas');
  }
  frame.draw(context, width, height);
  return context.getImageData(0, 0, width, height);
}

/** A page, unlike a worker, has no synchronous file access: the frames stay in memory here. */
describe('conversion without a private file system', () => {
  it('gives the same frames', async () => {
    await using source = await open(await fixtureFile('mpeg2.mpg'));
    const clip = expectedOf('mpeg2.mpg');
    expect(source.info.notes).toHaveLength(1);
    expect(source.info.frameTable.timestampsSec.length).toBe(clip.timestampsSec.length);
    for (const frameIndex of [29, 0, 14, 15, 1]) {
      const picture = await pictureOf(source, frameIndex);
      expect(nearestFrame(clip, signatureOf(picture)).frameIndex).toBe(frameIndex);
    }
  });
});

it('stops ffmpeg in the middle when cancelled', async () => {
  const clip = await fixtureFile('mpeg2.mpg');
  // A program stream may follow another: too long to be over before the cancel arrives.
  const long = new File(
    Array.from({ length: COPIES }, () => clip),
    'long.mpg',
  );
  const stop = new AbortController();
  let frames = 0;
  const opening = open(long, {
    signal: stop.signal,
    onPhase: (phase) => {
      const count = /^Converting with ffmpeg \((\d+) frames\)/.exec(phase)?.[1];
      if (count !== undefined) {
        frames = Number(count);
        stop.abort();
      }
    },
  });
  await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
  expect(frames).toBeGreaterThan(0);
  expect(frames).toBeLessThan(COPIES);
});

describe('a conversion that fails midway', () => {
  /** The AVI with the bytes of its pictures from `first` on zeroed: so many errors that ffmpeg gives up. */
  async function damagedFrom(first: number): Promise<File> {
    const bytes = new Uint8Array(await (await fixtureFile('mpeg4.avi')).arrayBuffer());
    const view = new DataView(bytes.buffer);
    const [list, chunk] = [0x6d6f7669, 0x30306463]; // "movi", "00dc"
    let at = 0;
    while (view.getUint32(at) !== list) {
      at += 1;
    }
    at += 4;
    for (let count = 0; view.getUint32(at) === chunk; count += 1) {
      const length = view.getUint32(at + 4, true);
      if (count >= first) {
        bytes.fill(0, at + 8, at + 8 + length);
      }
      at += 8 + length + (length & 1);
    }
    return new File([bytes], 'damaged.avi');
  }

  it('opens what was decoded and says what is missing', async () => {
    await using source = await open(await damagedFrom(5));
    expect(source.info.frameTable.timestampsSec.length).toBe(5);
    expect(source.info.notes.join(' ')).toContain(
      'ffmpeg failed before the end (exit code 69): pictures end at 0.2 s, and the last 1.0 s of 1.2 s are missing.',
    );
    expect(nearestFrame(expectedOf('mpeg4.avi'), signatureOf(await pictureOf(source, 4))).frameIndex).toBe(4);
  });

  it('is refused when nothing was decoded', async () => {
    await expect(open(await damagedFrom(0))).rejects.toMatchObject({ code: 'footage-decode-failed' });
  });

  it('says so also when the file names no duration', () => {
    expect(missingNote(1, 0, 2)).toBe(
      'ffmpeg failed before the end (exit code 1): pictures end at 2.0 s, and whatever the file holds after that is missing.',
    );
    expect(missingNote(0, 0, 2)).toBeNull();
    expect(missingNote(0, 10, 2)).toMatch(/lasts 10\.0 s; pictures end 8\.0 s before/);
  });
});

it('converts colours by the matrix that the file names', async () => {
  const source = await open(await fixtureFile('tagged-709.mov'));
  const { data } = await pictureOf(source, 0);
  const [red = 0, green = 0, blue = 0] = data;
  // The clip is one colour; taking its BT.709 values for BT.601 would miss by 20 levels and more.
  expect(Math.abs(red - 40)).toBeLessThan(5);
  expect(Math.abs(green - 200)).toBeLessThan(5);
  expect(Math.abs(blue - 60)).toBeLessThan(5);
  await source[Symbol.asyncDispose]();
});
