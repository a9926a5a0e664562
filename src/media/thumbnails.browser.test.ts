/** Thumbnails: the right frame, small, at the least cost, and given up without harm to who waits for a frame. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isCancelled } from '../core/base/errors';
import { imageFile, longClip, longRunClip } from './__fixtures__/madeFootage';
import { FootageLibrary } from './footageLibrary';
import type { NamedFile } from './frameSource';

let library: FootageLibrary;
const never = new AbortController().signal;

beforeEach(() => {
  library = new FootageLibrary();
});
afterEach(() => library[Symbol.asyncDispose]());

function open(...files: NamedFile[]) {
  return library.open(files, { signal: never, onProgress: () => undefined });
}

function shadeOf(bitmap: ImageBitmap): number {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context?.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data[0] ?? -1;
}

const only = (frameIndex: number) => ({ fromFrame: frameIndex, toFrame: frameIndex });

it('shows the frame asked for, in any order, at the height asked for', async () => {
  const info = await open(await longRunClip(100));
  for (const frameIndex of [40, 41, 42, 90, 3]) {
    const bitmap = await library.getThumbnail(info.footageId, only(frameIndex), 32, never);
    expect([bitmap.width, bitmap.height]).toEqual([48, 32]);
    expect(Math.abs(shadeOf(bitmap) - 2 * frameIndex)).toBeLessThanOrEqual(3);
  }
});

it('takes a key frame where one lies in the range', async () => {
  const info = await open(await longClip(90));
  const [first, inRange] = await Promise.all([
    library.getThumbnail(info.footageId, only(30), 32, never),
    library.getThumbnail(info.footageId, { fromFrame: 25, toFrame: 40 }, 32, never),
  ]);
  expect(shadeOf(inRange)).toBe(shadeOf(first));
});

it('is given up at once, and the next one comes right all the same', async () => {
  const info = await open(await longRunClip(100));
  const stop = new AbortController();
  const given = library
    .getThumbnail(info.footageId, only(95), 32, stop.signal)
    .catch((error: unknown) => error);
  stop.abort();
  const shown = await library.getPixels(info.footageId, 50);
  expect(Math.abs((shown.data[0] ?? 0) - 100)).toBeLessThanOrEqual(2);
  const outcome = await given;
  expect(isCancelled(outcome)).toBe(true);
  const next = await library.getThumbnail(info.footageId, only(20), 32, never);
  expect(Math.abs(shadeOf(next) - 40)).toBeLessThanOrEqual(3);
});

it('makes them of images, too, and of frames at hand', async () => {
  const size = { width: 40, height: 24 };
  const info = await open(await imageFile('a.png', size, 30), await imageFile('b.png', size, 200));
  (await library.getBitmap(info.footageId, 1)).close();
  const shades: number[] = [];
  for (const frameIndex of [0, 1]) {
    shades.push(shadeOf(await library.getThumbnail(info.footageId, only(frameIndex), 12, never)));
  }
  expect(shades).toEqual([30, 200]);
});
