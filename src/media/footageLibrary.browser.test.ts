import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import { expectedOf, fixtureFile, nearestFrame, signatureOf } from './__fixtures__/fixtures';
import { imageFile, longClip, longRunClip, named, zipOf } from './__fixtures__/madeFootage';
import { FootageLibrary } from './footageLibrary';
import type { NamedFile } from './frameSource';

const CACHE_BYTES = 20 * 96 * 64 * 4;
const SIZE = { width: 40, height: 24 };

let library: FootageLibrary;
beforeEach(() => {
  library = new FootageLibrary(CACHE_BYTES);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await library[Symbol.asyncDispose]();
});

function open(...files: NamedFile[]) {
  return library.open(files, { signal: new AbortController().signal, onProgress: () => undefined });
}

async function fixture(name: string, as = name): Promise<NamedFile> {
  return named(as, await fixtureFile(name));
}

async function refusal(...files: NamedFile[]): Promise<UserFacingError> {
  const error: unknown = await open(...files).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserFacingError);
  return error as UserFacingError;
}

async function firstPart(name: string, share: number): Promise<NamedFile> {
  const file = await fixtureFile(name);
  return named(name, file.slice(0, Math.floor(file.size * share)));
}

describe('footage that cannot be used', () => {
  const bad: [what: string, code: string, naming: RegExp, files: () => Promise<NamedFile[]>][] = [
    ['nothing', 'footage-empty', /no file/, async () => []],
    ['an empty file', 'footage-empty', /blank\.mp4 is empty/, async () => [named('blank.mp4')]],
    [
      'text named .mp4',
      'footage-unknown-format',
      /notes\.mp4 holds text/,
      async () => [named('notes.mp4', 'just words\n')],
    ],
    [
      'noise named .mp4',
      'footage-unknown-format',
      /noise\.mp4 is in no format/,
      async () => [named('noise.mp4', noise(5000))],
    ],
    [
      'noise of no kind',
      'footage-unknown-format',
      /noise\.bin is in no format/,
      async () => [named('noise.bin', noise(5000))],
    ],
    [
      'an MP4 without index',
      'footage-truncated',
      /truncated-moov\.mp4 is cut off.*moov/,
      async () => [await fixture('truncated-moov.mp4')],
    ],
    [
      'an MP4 without end',
      'footage-truncated',
      /truncated-end\.mp4 is cut off: its last \d+ bytes/,
      async () => [await fixture('truncated-end.mp4')],
    ],
    [
      'an AVI without end',
      'footage-truncated',
      /mpeg4\.avi is cut off/,
      async () => [await firstPart('mpeg4.avi', 0.7)],
    ],
    [
      'a WebM without end',
      'footage-truncated',
      /vp9\.webm is cut off/,
      async () => [await firstPart('vp9.webm', 0.7)],
    ],
    [
      'sound in MP4',
      'footage-no-video',
      /audio-only\.mp4 has no picture/,
      async () => [await fixture('audio-only.mp4')],
    ],
    [
      'sound in AVI',
      'footage-no-video',
      /audio-only\.avi has no picture/,
      async () => [await fixture('audio-only.avi')],
    ],
    [
      'one pixel',
      'footage-too-small',
      /dot\.png is 1 x 1/,
      async () => [await imageFile('dot.png', { width: 1, height: 1 })],
    ],
    [
      'an 8K still',
      'footage-too-large',
      /huge\.png is 7680 x 4320.*16\.8 megapixels/,
      async () => [named('huge.png', pngHead(7680, 4320))],
    ],
    [
      'a folder with mixed sizes',
      'footage-mixed-sizes',
      /f\/2\.png is 20 x 40, but 2 other images are 40 x 24/,
      async () => [
        await imageFile('f/1.png', SIZE),
        await imageFile('f/2.png', { width: 20, height: 40 }),
        await imageFile('f/3.png', SIZE),
      ],
    ],
    [
      'a folder with a broken image',
      'footage-unreadable',
      /f\/2\.png cannot be read/,
      async () => [await imageFile('f/1.png', SIZE), named('f/2.png', 'not a picture at all')],
    ],
    [
      'a folder with a cut image',
      'footage-unreadable',
      /f\/2\.png cannot be read.*cut off/,
      async () => {
        const { file } = await imageFile('f/2.png', SIZE);
        return [await imageFile('f/1.png', SIZE), named('f/2.png', file.slice(0, file.size - 40))];
      },
    ],
    [
      'a folder with an empty image',
      'footage-empty',
      /f\/2\.png is empty/,
      async () => [await imageFile('f/1.png', SIZE), named('f/2.png')],
    ],
    [
      'a folder without footage',
      'footage-unknown-format',
      /None of the 2 files/,
      async () => [named('f/a.txt', 'words'), named('f/b.csv', '1,2')],
    ],
    [
      'two videos at once',
      'footage-unknown-format',
      /2 videos were chosen at once/,
      async () => [await fixture('vp9.webm'), await fixture('ntsc.mkv')],
    ],
    [
      'a ZIP with a broken image',
      'footage-unreadable',
      /f\/2\.png cannot be read/,
      async () => [await zipOf('set.zip', [await imageFile('f/1.png', SIZE), named('f/2.png', noise(400))])],
    ],
    [
      'a ZIP with a cut image',
      'footage-unreadable',
      /f\/2\.png cannot be read.*cut off/,
      async () => {
        const { file } = await imageFile('f/2.png', SIZE);
        return [
          await zipOf('set.zip', [
            await imageFile('f/1.png', SIZE),
            named('f/2.png', file.slice(0, file.size - 20)),
          ]),
        ];
      },
    ],
    [
      'a ZIP of other things',
      'footage-unknown-format',
      /None of the 1 files/,
      async () => [await zipOf('set.zip', [named('readme.txt', 'words')])],
    ],
    [
      'a ZIP cut off',
      'footage-unreadable',
      /images\.zip cannot be read as a ZIP/,
      async () => [await firstPart('images.zip', 0.5)],
    ],
  ];

  it.each(bad)('%s', async (_what, code, naming, files) => {
    const error = await refusal(...(await files()));
    expect(error.code).toBe(code);
    expect(error.what).toMatch(naming);
    expect(error.safe).toBe('What was open stays open.');
    expect(error.todo.length).toBeGreaterThan(10);
  });

  it('leaves what is open as it was', async () => {
    const info = await open(await fixture('h264-bframes.mp4'));
    await refusal(named('notes.mp4', 'just words\n'));
    await refusal(await fixture('audio-only.avi'));
    await refusal(await fixture('truncated-end.mp4'));
    const clip = expectedOf('h264-bframes.mp4');
    const picture = await library.getPixels(info.footageId, 17);
    expect(nearestFrame(clip, signatureOf(picture)).frameIndex).toBe(17);
  });

  it('says so when the file changes on disk after opening', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('changing.zip', { create: true });
    const write = async (data: BlobPart): Promise<void> => {
      const writable = await handle.createWritable();
      await writable.write(new Blob([data]));
      await writable.close();
    };
    const { file: images } = await fixture('images.zip');
    await write(images);
    const info = await open({ file: await handle.getFile(), path: 'changing.zip' });
    await write('something else');
    const error: unknown = await library.getPixels(info.footageId, 5).catch((thrown: unknown) => thrown);
    await root.removeEntry('changing.zip');
    expect(error).toMatchObject({ code: 'footage-file-changed' });
  });
});

describe('images', () => {
  it('come in natural order with their names, and other files are ignored with a note', async () => {
    const shades = [10, 60, 110, 160];
    const names = ['s/f1.png', 's/f2.png', 's/f10.png', 's/f11.png'];
    const files = await Promise.all(names.map((path, index) => imageFile(path, SIZE, shades[index])));
    const info = await open(...files.toReversed(), named('s/notes.txt', 'words'), named('s/.DS_Store', 'x'));
    expect(info).toMatchObject({ name: 's', kind: 'images', decoder: 'image', frameRate: 25, codec: 'png' });
    expect(info.frameNames).toEqual(['f1', 'f2', 'f10', 'f11']);
    expect(info.notes.join(' ')).toMatch(/25 frames per second are assumed.*s\/notes\.txt/);
    expect(info.notes.join(' ')).not.toMatch(/DS_Store/);
    for (const frameIndex of [2, 0, 3, 1]) {
      const { data } = await library.getPixels(info.footageId, frameIndex);
      expect(data[0]).toBe(shades[frameIndex]);
    }
  });

  it('may be JPEG and PNG together, and a single one', async () => {
    const jpeg = await imageFile('b.jpg', SIZE, 50, 'image/jpeg');
    expect(await open(await imageFile('a.png', SIZE), jpeg)).toMatchObject({
      codec: 'png+jpeg',
      name: 'a–b',
    });
    expect((await open(jpeg)).frameNames).toEqual(['b']);
  });

  it('keep exact values of PNG, with black behind transparency', async () => {
    const canvas = new OffscreenCanvas(32, 32);
    canvas.getContext('2d')?.fillRect(0, 0, 0, 0);
    const clear = named('clear.png', await canvas.convertToBlob({ type: 'image/png' }));
    const info = await open(clear);
    const { data } = await library.getPixels(info.footageId, 0);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
    const shaded = await open(await imageFile('x.png', SIZE, 77));
    expect([...(await library.getPixels(shaded.footageId, 0)).data.subarray(0, 4)]).toEqual([
      77, 77, 178, 255,
    ]);
  });
});

describe('a clip of 5,000 frames', () => {
  it('shows the right frame anywhere, and keeps the cache within its bound while scrubbing', async () => {
    const info = await open(await longClip(5000));
    expect(info.frameTable.timestampsSec.length).toBe(5000);
    expect(info.frameRate).toBe(25);
    const clip = expectedOf('vp9.webm');
    const scrub = Array.from({ length: 150 }, (_, step) => (step * 1777) % 5000);
    for (const frameIndex of [4999, 0, ...scrub, 2500, 2501, 2502, 2503, 2504, 2505]) {
      const picture = await library.getPixels(info.footageId, frameIndex);
      expect(nearestFrame(clip, signatureOf(picture)).frameIndex).toBe(frameIndex % 30);
      expect(library.heldBytes).toBeGreaterThan(0);
      expect(library.heldBytes).toBeLessThanOrEqual(CACHE_BYTES);
    }
    await library.close(info.footageId);
    expect(library.heldBytes).toBe(0);
  });

  it('is opened with no more decoding than a clip of 50 frames, and with its bytes read about once', async () => {
    const short = await openingWork(await longClip(50));
    const long = await openingWork(await longClip(5000));
    expect(long.decoderStarts).toBe(short.decoderStarts);
    // A decoder is fed a few dozen frames ahead of the first, however many there are.
    expect(long.chunksDecoded).toBeLessThanOrEqual(50);
    // The times of all frames are read at opening, so that bytes grow with the clip, but no faster.
    expect(long.bytesPerByteOfFile).toBeLessThan(1.5);
    expect(long.reads).toBeLessThanOrEqual(short.reads + 10);
  });
});

describe('two readers at once', () => {
  it('go their own ways through a clip with a single key frame', async () => {
    const info = await open(await longRunClip(100));
    const work = countDecoding();
    for (let step = 0; step < 25; step += 1) {
      const pixels = await library.getPixels(info.footageId, step);
      expect(Math.abs((pixels.data[0] ?? 0) - 2 * step)).toBeLessThanOrEqual(2);
      const bitmap = await library.getBitmap(info.footageId, 60 + step);
      expect(bitmap.width).toBe(info.width);
      bitmap.close();
    }
    // The first reader goes on from the frame decoded at opening; the second starts one decoder.
    expect(work.decoderStarts()).toBeLessThanOrEqual(2);
    expect(work.chunksDecoded()).toBeLessThanOrEqual(2 * 100);
  });
});

it('opens the same file twice as two footages', async () => {
  const file = await fixture('vp9.webm');
  const first = await open(file);
  const second = await open(file);
  expect(first.footageId).not.toBe(second.footageId);
  await library.close(first.footageId);
  await expect(library.getPixels(first.footageId, 0)).rejects.toThrow(/no open footage/);
  expect((await library.getPixels(second.footageId, 29)).width).toBe(96);
  await expect(library.getPixels(second.footageId, 30)).rejects.toThrow(/no frame 30/);
});

function countDecoding() {
  const starts = vi.spyOn(VideoDecoder.prototype, 'configure');
  const chunks = vi.spyOn(VideoDecoder.prototype, 'decode');
  return { decoderStarts: () => starts.mock.calls.length, chunksDecoded: () => chunks.mock.calls.length };
}

/** What opening does, by count: no clock is asked. */
async function openingWork(footage: NamedFile) {
  const decoding = countDecoding();
  const slices = vi.spyOn(Blob.prototype, 'slice');
  const { footageId } = await open(footage);
  const bytes = slices.mock.calls.reduce((sum, [start = 0, end = footage.file.size]) => sum + end - start, 0);
  const work = {
    decoderStarts: decoding.decoderStarts(),
    chunksDecoded: decoding.chunksDecoded(),
    reads: slices.mock.calls.length,
    bytesPerByteOfFile: bytes / footage.file.size,
  };
  vi.restoreAllMocks();
  await library.close(footageId);
  return work;
}

/** Bytes of no format, the same on every run. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (state * 48271) % 0x7fffffff;
    return state & 0xff;
  });
}

/** Signature and IHDR of a PNG: all that is needed to refuse its size. */
function pngHead(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}
