import { describe, expect, it } from 'vitest';
import { newFootageId } from '../../core/base/ids';
import { expectedOf, fixtureFile, nearestFrame, signatureOf } from '../__fixtures__/fixtures';
import type { FrameSource } from '../frameSource';
import { FfmpegSource } from './ffmpegSource';

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
