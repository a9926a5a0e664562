/** The browser's own encoders on pictures of the same clip, with nothing around them: how fast an export could be. */
import type { Page } from '@playwright/test';

export const plainKinds = ['png', 'jpeg', 'avc', 'vp9'] as const;

export type PlainKind = (typeof plainKinds)[number];

/** Frames a second of each. */
export type PlainRates = Readonly<Record<PlainKind, number>>;

/** Runs in the page: distinct pictures of the clip, encoded in turns. */
async function encodePictures({ url, frames }: { url: string; frames: number }): Promise<PlainRates> {
  const video = document.createElement('video');
  video.muted = true;
  video.src = url;
  await new Promise((resolve, reject) => {
    video.addEventListener('loadeddata', resolve, { once: true });
    video.addEventListener('error', () => reject(new Error('the clip cannot be played')), { once: true });
  });
  const bitmaps: ImageBitmap[] = [];
  for (let place = 0; place < 8; place += 1) {
    video.currentTime = place * 0.2 + 0.02;
    await new Promise((resolve) => video.addEventListener('seeked', resolve, { once: true }));
    bitmaps.push(await createImageBitmap(video));
  }
  const { width, height } = bitmaps[0]!;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  const timed = async (work: (bitmap: ImageBitmap, frame: number) => Promise<unknown>): Promise<number> => {
    const startMs = performance.now();
    for (let frame = 0; frame < frames; frame += 1) {
      await work(bitmaps[frame % bitmaps.length]!, frame);
    }
    return (frames * 1000) / (performance.now() - startMs);
  };
  const stills = (type: string) =>
    timed(async (bitmap) => {
      context.drawImage(bitmap, 0, 0);
      return await (await canvas.convertToBlob({ type, quality: 0.95 })).arrayBuffer();
    });
  const film = async (codec: string): Promise<number> => {
    let failure: unknown = null;
    const encoder = new VideoEncoder({
      output: () => undefined,
      error: (error) => {
        failure = error;
      },
    });
    encoder.configure({ codec, width, height, bitrate: 8e6, latencyMode: 'quality' });
    const startMs = performance.now();
    for (let frame = 0; frame < frames; frame += 1) {
      const picture = new VideoFrame(bitmaps[frame % bitmaps.length]!, { timestamp: frame * 40_000 });
      encoder.encode(picture, { keyFrame: frame % 50 === 0 });
      picture.close();
      while (encoder.encodeQueueSize > 4) {
        await new Promise((resolve) => encoder.addEventListener('dequeue', resolve, { once: true }));
      }
    }
    await encoder.flush();
    encoder.close();
    if (failure) {
      throw failure;
    }
    return (frames * 1000) / (performance.now() - startMs);
  };
  return {
    png: await stills('image/png'),
    jpeg: await stills('image/jpeg'),
    avc: await film('avc1.640028'),
    vp9: await film('vp09.00.40.08'),
  };
}

/** `clip` is a path; the page must be on a secure origin. */
export async function plainRates(page: Page, clip: string, frames: number): Promise<PlainRates> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'bench-clip';
    document.body.append(input);
  });
  await page.locator('#bench-clip').setInputFiles(clip);
  const url = await page.evaluate(() =>
    URL.createObjectURL(document.querySelector<HTMLInputElement>('#bench-clip')!.files![0]!),
  );
  return await page.evaluate(encodePictures, { url, frames });
}
