import { wrap, type Remote } from 'comlink';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserFacingError, isCancelled } from '../../core/base/errors';
import type { FootageInfo } from '../../core/video/footageInfo';
import { expectedOf, fixtureFile, nearestFrame, signatureOf } from '../../media/__fixtures__/fixtures';
import { installErrorEnvelope } from '../rpc/errorEnvelope';
import { FootageClient } from './footageClient';
import type { FramePixelsService } from './footageProtocol';

/**
 * Levels of 0..255, mean over 8x8 cells: browsers and ffmpeg turn untagged YUV into RGB by different matrices, and
 * neighbouring frames differ by far more.
 */
const SAME_PICTURE = 7;
/** The cells of a smaller picture begin and end at other places of the scene. */
const SAME_REDUCED_PICTURE = 14;

const CLIPS: readonly [name: string, decoder: FootageInfo['decoder']][] = [
  ['h264-bframes.mp4', 'webcodecs'],
  ['ntsc.mkv', 'webcodecs'],
  ['variable-rate.mp4', 'webcodecs'],
  ['edit-list.mp4', 'webcodecs'],
  ['rotated.mp4', 'webcodecs'],
  ['vp9.webm', 'webcodecs'],
  ['anamorphic.mp4', 'webcodecs'],
  ['h264.m2t', 'webcodecs'],
  ['odd-size.mp4', 'webcodecs'],
  ['mpeg2.mpg', 'ffmpeg'],
  ['mpeg2.m2t', 'ffmpeg'],
  ['mpeg4.avi', 'ffmpeg'],
  ['full-hd.avi', 'ffmpeg'],
  ['prores.mov', 'ffmpeg'],
  ['images.zip', 'image'],
];

let client: FootageClient;
let pixels: Remote<FramePixelsService>;

beforeAll(async () => {
  installErrorEnvelope();
  client = new FootageClient();
  const { port1, port2 } = new MessageChannel();
  await client.connect(port2);
  pixels = wrap<FramePixelsService>(port1);
});

afterAll(() => client[Symbol.dispose]());

async function open(name: string): Promise<FootageInfo> {
  return client.open([{ file: await fixtureFile(name), path: name }]);
}

function readBitmap(bitmap: ImageBitmap): ImageData {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  const data = context?.getImageData(0, 0, bitmap.width, bitmap.height);
  bitmap.close();
  if (!data) {
    throw new Error('no canvas');
  }
  return data;
}

/** Forward, backward, and in a fixed shuffle: 7 and the lengths of the clips have no common factor or wrap unevenly. */
function walks(count: number): Record<string, number[]> {
  const forward = Array.from({ length: count }, (_, index) => index);
  return {
    forward,
    backward: forward.toReversed(),
    shuffled: forward.toSorted((left, right) => ((left * 7 + 3) % count) - ((right * 7 + 3) % count)),
  };
}

describe.each(CLIPS)('%s', (name, decoder) => {
  it('has the frames, times and size that ffmpeg sees', async () => {
    const info = await open(name);
    const clip = expectedOf(name);
    expect(info.decoder).toBe(decoder);
    expect(info.frameTable.timestampsSec.length).toBe(clip.timestampsSec.length);
    info.frameTable.timestampsSec.forEach((timestampSec, index) => {
      // ffmpeg prints six digits, and Matroska holds milliseconds.
      expect(Math.abs(timestampSec - (clip.timestampsSec[index] ?? NaN))).toBeLessThan(0.0006);
    });
    expect([info.width, info.height]).toEqual([clip.width, clip.height]);
    await client.close(info.footageId);
  });

  it('shows the same picture as ffmpeg for frame i, whichever way it is reached', async () => {
    const clip = expectedOf(name);
    for (const [way, order] of Object.entries(walks(clip.timestampsSec.length))) {
      // Opened anew for each walk, as otherwise the cache of the first would answer the others.
      const info = await open(name);
      for (const frameIndex of order) {
        const picture = readBitmap(await client.getBitmap(info.footageId, frameIndex));
        const nearest = nearestFrame(clip, signatureOf(picture));
        expect(nearest.frameIndex, `${way}: frame ${frameIndex}`).toBe(frameIndex);
        expect(nearest.distance, `${way}: frame ${frameIndex}`).toBeLessThan(SAME_PICTURE);
      }
      await client.close(info.footageId);
    }
  });

  it('shows that picture smaller while frames go by, and whole where they stop', async () => {
    const clip = expectedOf(name);
    const { forward = [], shuffled = [] } = walks(clip.timestampsSec.length);
    const leaps = forward.filter((frameIndex) => frameIndex % 3 === 1);
    for (const order of [leaps, leaps.toReversed(), shuffled.slice(0, 9)]) {
      const info = await open(name);
      const size = { width: Math.round(info.width * 0.6), height: Math.round(info.height * 0.6) };
      for (const frameIndex of order) {
        const small = readBitmap(await client.getBitmap(info.footageId, frameIndex, size));
        expect([small.width, small.height]).toEqual([size.width, size.height]);
        const nearest = nearestFrame(clip, signatureOf(small));
        expect(nearest.frameIndex).toBe(frameIndex);
        expect(nearest.distance).toBeLessThan(SAME_REDUCED_PICTURE);
        if (frameIndex % 4 === 0) {
          const whole = readBitmap(await client.getBitmap(info.footageId, frameIndex));
          expect([whole.width, whole.height]).toEqual([info.width, info.height]);
          expect(nearestFrame(clip, signatureOf(whole)).frameIndex).toBe(frameIndex);
        }
      }
      await client.close(info.footageId);
    }
  });

  it('gives other workers the pixels that it gives the screen', async () => {
    const info = await open(name);
    for (const frameIndex of [2, 0, 1]) {
      const read = await pixels.getPixels(info.footageId, frameIndex);
      const shown = readBitmap(await client.getBitmap(info.footageId, frameIndex));
      expect([read.width, read.height]).toEqual([info.width, info.height]);
      expect(read.data.every((value, index) => value === shown.data[index])).toBe(true);
    }
    await client.close(info.footageId);
  });
});

describe('conversion with ffmpeg', () => {
  it('tells its progress and where it stands', async () => {
    const phases: string[] = [];
    const file = await fixtureFile('mpeg4.avi');
    const info = await client.open([{ file, path: file.name }], {
      onProgress: ({ phase }) => phases.push(phase),
    });
    expect(phases).toContain('Loading ffmpeg');
    expect(phases.some((phase) => phase.startsWith('Converting with ffmpeg'))).toBe(true);
    expect(info.notes.join(' ')).toMatch(/converted with ffmpeg/);
    expect(await convertedFiles()).toHaveLength(1);
    await client.close(info.footageId);
    expect(await convertedFiles()).toHaveLength(0);
  });

  it('ends at once when cancelled, leaves no file behind, and can be started again', async () => {
    const before = await open('h264-bframes.mp4');
    const short = await fixtureFile('mpeg2.mpg');
    // A program stream may follow another: 200 times the clip, too long to be over before the cancel arrives.
    const file = new File(
      Array.from({ length: 200 }, () => short),
      'long.mpg',
    );
    for (const phase of ['Reading the file', 'Loading ffmpeg', 'Converting with ffmpeg']) {
      const stop = new AbortController();
      const opening = client.open([{ file, path: file.name }], {
        signal: stop.signal,
        onProgress: (progress) => {
          if (progress.phase.startsWith(phase)) {
            stop.abort();
          }
        },
      });
      const error: unknown = await opening.catch((thrown: unknown) => thrown);
      expect(isCancelled(error), phase).toBe(true);
      expect(await convertedFiles()).toHaveLength(0);
    }
    const again = await client.open([{ file: short, path: short.name }]);
    expect(again.frameTable.timestampsSec.length).toBe(expectedOf('mpeg2.mpg').timestampsSec.length);
    await client.close(again.footageId);
    const picture = await client.getBitmap(before.footageId, 5);
    expect(nearestFrame(expectedOf('h264-bframes.mp4'), signatureOf(readBitmap(picture))).frameIndex).toBe(5);
    await client.close(before.footageId);
  });

  it('decodes HEVC wherever the browser does not', async () => {
    const info = await open('hevc.mp4');
    const clip = expectedOf('hevc.mp4');
    expect(info.frameTable.timestampsSec.length).toBe(clip.timestampsSec.length);
    for (const frameIndex of [23, 0, 11, 12]) {
      const picture = readBitmap(await client.getBitmap(info.footageId, frameIndex));
      expect(nearestFrame(clip, signatureOf(picture)).frameIndex).toBe(frameIndex);
    }
    await client.close(info.footageId);
  });
});

it('carries a refusal across threads whole', async () => {
  const error: unknown = await open('truncated-moov.mp4').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserFacingError);
  expect(error).toMatchObject({ code: 'footage-truncated', safe: 'What was open stays open.' });
});

it('serves several callers at once, each with the frame asked for', async () => {
  const info = await open('h264-bframes.mp4');
  const clip = expectedOf('h264-bframes.mp4');
  const asked = [29, 3, 3, 12, 0, 28, 13, 4];
  const shown = asked.map((frameIndex) => client.getBitmap(info.footageId, frameIndex));
  const read = asked.map((frameIndex) => pixels.getPixels(info.footageId, 29 - frameIndex));
  for (const [at, frameIndex] of asked.entries()) {
    const bitmap = await shown[at];
    const data = await read[at];
    expect(bitmap && nearestFrame(clip, signatureOf(readBitmap(bitmap))).frameIndex).toBe(frameIndex);
    expect(data && nearestFrame(clip, signatureOf(data)).frameIndex).toBe(29 - frameIndex);
  }
  await client.close(info.footageId);
});

describe('a footage worker that dies', () => {
  let workers: Worker[];

  function start(url: URL | string): Worker {
    const worker = new Worker(url, { type: 'module' });
    workers.push(worker);
    return worker;
  }

  it('ends every call about its footage with an error, and opens in a new worker', async () => {
    workers = [];
    let lossCount = 0;
    const mortal = new FootageClient(() => start(new URL('./footage.worker.ts', import.meta.url)));
    mortal.onLost(() => {
      lossCount += 1;
    });
    const file = await fixtureFile('h264-bframes.mp4');
    const lost = await mortal.open([{ file, path: file.name }]);
    const calls: Promise<unknown>[] = [
      mortal.getBitmap(lost.footageId, 20),
      mortal.open([{ file, path: file.name }]),
    ];
    const errors = calls.map((call) => call.catch((error: unknown) => error));
    workers[0]!.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
    expect(lossCount).toBe(1);
    errors.push(mortal.getBitmap(lost.footageId, 0).catch((error: unknown) => error));
    for (const error of await Promise.all(errors)) {
      expect(error).toBeInstanceOf(UserFacingError);
      expect(String(error)).toMatch(
        /stopped: out of memory.*prompts and masks.*[Oo]pen the same footage again/,
      );
    }
    const info = await mortal.open([{ file, path: file.name }]);
    expect(workers).toHaveLength(2);
    expect((await mortal.getBitmap(info.footageId, 5)).width).toBe(info.width);
    await expect(mortal.getBitmap(lost.footageId, 0)).rejects.toThrow('out of memory');
    await mortal.close(lost.footageId);
    mortal[Symbol.dispose]();
    expect(lossCount).toBe(1);
  });

  it('says so when it cannot be loaded', async () => {
    workers = [];
    using mortal = new FootageClient(() => start('/nowhere/footage.worker.js'));
    const file = await fixtureFile('h264-bframes.mp4');
    const error: unknown = await mortal.open([{ file, path: file.name }]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserFacingError);
    expect(error).toMatchObject({ what: 'The part of Maskflow that reads footage stopped.' });
  });
});

async function convertedFiles(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('converted-footage', { create: true });
  const names: string[] = [];
  for await (const name of folder.keys()) {
    names.push(name);
  }
  return names;
}
