/** The files of an export: their names, tables, order and errors. */
import { decode } from 'fast-png';
import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import type { FormatChoice } from '../core/export/exportFormats';
import type { NumberedMask, ExportRequest } from '../core/export/maskSequence';
import { composeLabelMap } from '../core/mask/labelMap';
import { encodeRle } from '../core/mask/rle';
import { encodeSoftMask } from '../core/mask/softMask';
import type { ExportedFile } from './exportedFile';
import { writeFailed } from './exportErrors';
import { exportFiles } from './exportFiles';
import { framesCsv } from './framesCsv';
import { maskFileNames } from './maskFileNames';

import { zipStream } from './zipStream';

const request: ExportRequest = {
  width: 5,
  height: 3,
  footageName: 'clip.mp4',
  labels: [
    { number: 1, name: 'cell', colour: '#e69f00', role: 'object' },
    { number: null, name: 'floor', colour: '#56b4e9', role: 'competitor' },
    { number: 2, name: 'dye "red", diluted', colour: '#009e73', role: 'object' },
  ],
  frames: [
    { frameIndex: 7, timestampSec: 0.28, fileName: '00007.png' },
    { frameIndex: 8, timestampSec: 1 / 3, fileName: '00008.png' },
  ],
};

/** What every export begins with. */
const head = ['labels.json', 'export.json', 'maskflow_check.py'];

function maskOf(number: number, pixels: readonly number[]): NumberedMask {
  const data = new Uint8Array(15);
  for (const pixel of pixels) {
    data[pixel] = 1;
  }
  return { number, rle: encodeRle({ width: 5, height: 3, data }) };
}

async function masksAt(frameIndex: number): Promise<NumberedMask[]> {
  return frameIndex === 7 ? [maskOf(1, [0, 1, 2, 7]), maskOf(2, [2, 3]), maskOf(0, [7])] : [];
}

async function collect(files: AsyncIterable<ExportedFile>): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const { name, bytes } of files) {
    found.set(name, bytes as Uint8Array);
  }
  return found;
}

function textOf(files: Map<string, Uint8Array>, name: string): string {
  return new TextDecoder().decode(files.get(name));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof UserFacingError ? error.code : `not a user's error: ${String(error)}`;
}

describe('exportFiles', () => {
  it('writes tables and one label map for each frame', async () => {
    const progress: string[] = [];
    const files = await collect(
      exportFiles(request, {
        getMasks: masksAt,
        onProgress: ({ framesDone, frameCount }) => progress.push(`${framesDone}/${frameCount}`),
      }),
    );
    expect([...files.keys()]).toEqual([...head, '00007.png', '00008.png', 'frames.csv']);
    expect(Array.from(decode(files.get('00007.png') ?? new Uint8Array()).data)).toEqual([
      1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(Array.from(decode(files.get('00008.png') ?? new Uint8Array()).data)).toEqual(
      Array.from(composeLabelMap(request, []).data),
    );
    expect(progress).toEqual(['1/2', '2/2']);
  });

  it('says in labels.json what the numbers mean', async () => {
    const files = await collect(exportFiles(request, { getMasks: masksAt }));
    expect(JSON.parse(textOf(files, 'labels.json'))).toEqual({
      format: 'maskflow-labels',
      version: 1,
      footage: { name: 'clip.mp4', width: 5, height: 3 },
      range: { firstFrame: 7, lastFrame: 8, frameCount: 2 },
      background: 0,
      labels: [
        { number: 1, name: 'cell', colour: '#e69f00', role: 'object', paletteColour: '#800000' },
        { number: null, name: 'floor', colour: '#56b4e9', role: 'competitor', paletteColour: null },
        {
          number: 2,
          name: 'dye "red", diluted',
          colour: '#009e73',
          role: 'object',
          paletteColour: '#008000',
        },
      ],
    });
  });

  it('writes a grey picture for each label and frame when soft masks are asked for', async () => {
    const logits = Float32Array.from({ length: 15 }, (_, index) => index - 7);
    const soft = encodeSoftMask(logits, 5, 3);
    const withSoft = {
      ...request,
      softSequences: [
        { number: 1, binaryFrames: [] },
        { number: 2, binaryFrames: [7] },
      ],
    };
    const getMasks = async (frameIndex: number): Promise<NumberedMask[]> =>
      frameIndex === 7 ? [{ ...maskOf(1, [8, 9, 10, 11, 12, 13, 14]), soft }, maskOf(2, [2, 3])] : [];
    const files = await collect(exportFiles(withSoft, { getMasks }));
    const second = 'soft/2 dye %22red%22, diluted';
    expect([...files.keys()].slice(3)).toEqual([
      '00007.png',
      'soft/1 cell/00007.png',
      `${second}/00007.png`,
      '00008.png',
      'soft/1 cell/00008.png',
      `${second}/00008.png`,
      'frames.csv',
    ]);
    const picture = (name: string) => decode(files.get(name) ?? new Uint8Array(), { checkCrc: true });
    const { width, height, depth, channels, data } = picture('soft/1 cell/00007.png');
    expect([width, height, depth, channels]).toEqual([5, 3, 8, 1]);
    data.forEach((grey, index) => {
      const isSure = Math.abs(logits[index]!) >= 6;
      const probability = 1 / (1 + Math.exp(-logits[index]!));
      expect(Math.abs(grey - 255 * (isSure ? Math.round(probability) : probability))).toBeLessThan(2);
      expect(grey >= 128).toBe(logits[index]! > 0);
    });
    expect(Array.from(picture(`${second}/00007.png`).data)).toEqual([
      0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(picture('soft/1 cell/00008.png').data.every((grey) => grey === 0)).toBe(true);
    expect(JSON.parse(textOf(files, 'labels.json'))).toMatchObject({
      labels: [
        { number: 1, soft: { folder: 'soft/1 cell', binaryFrames: [] } },
        { number: null },
        { number: 2, soft: { folder: second, binaryFrames: [7] } },
      ],
    });
  });

  it('names no folder of soft masks where cut-outs alone have soft edges', async () => {
    const getPicture = async () => ({ width: 5, height: 3, data: new Uint8ClampedArray(60) });
    const softNotesOf = async (...ids: readonly ('cutout' | 'soft')[]): Promise<boolean[]> => {
      const formats = ids.map((id): FormatChoice => ({
        id,
        options: id === 'cutout' ? { edge: 'soft' } : {},
      }));
      const wanted = { ...request, formats, softSequences: [{ number: 1, binaryFrames: [7] }] };
      const files = await collect(exportFiles(wanted, { getMasks: masksAt, getPicture }));
      const { labels } = JSON.parse(textOf(files, 'labels.json')) as { labels: object[] };
      return labels.map((label) => 'soft' in label);
    };
    expect(await softNotesOf('cutout')).toEqual([false, false, false]);
    expect(await softNotesOf('cutout', 'soft')).toEqual([true, false, false]);
  });

  it('lists in meta.json of YouTube-VOS the frames on which a label is seen', async () => {
    const formats = [{ id: 'youtubeVos', options: { pictures: 'none' } }] as const;
    const getMasks = async (frameIndex: number): Promise<NumberedMask[]> =>
      frameIndex === 7
        ? [maskOf(1, [2, 3]), maskOf(2, [1, 2, 3])]
        : [maskOf(1, [2, 3]), maskOf(2, [3, 4]), maskOf(0, [3, 4])];
    const files = await collect(exportFiles({ ...request, formats }, { getMasks }));
    expect(JSON.parse(textOf(files, 'youtube-vos/train/meta.json'))).toEqual({
      videos: {
        clip: {
          objects: {
            1: { category: 'cell', frames: ['00008'] },
            2: { category: 'dye "red", diluted', frames: ['00007'] },
          },
        },
      },
    });
  });

  it('reads each frame once for all formats that write files for each frame', async () => {
    const read: string[] = [];
    const ids = ['palette', 'frames', 'overlay', 'cutout', 'binary'] as const;
    const formats = ids.map((id): FormatChoice => ({ id, options: {} }));
    const frames = Array.from({ length: 5 }, (_, frameIndex) => ({
      frameIndex,
      timestampSec: frameIndex / 25,
      fileName: `${frameIndex}.png`,
    }));
    const files = await collect(
      exportFiles(
        { ...request, formats, frames },
        {
          getMasks: async (frame) => {
            read.push(`masks ${frame}`);
            return masksAt(frame + 7);
          },
          getPicture: async (frame) => {
            read.push(`picture ${frame}`);
            return { width: 5, height: 3, data: new Uint8ClampedArray(60).fill(255) };
          },
        },
      ),
    );
    const wanted = frames.flatMap(({ frameIndex }) => [`masks ${frameIndex}`, `picture ${frameIndex}`]);
    expect(read.toSorted()).toEqual(wanted.toSorted());
    for (const format of ['labels', 'frames', 'overlay']) {
      expect([...files.keys()].filter((name) => name.startsWith(`${format}/`))).toEqual(
        frames.map(({ frameIndex }) => `${format}/${frameIndex}.png`),
      );
    }
  });

  it('lists in frames.csv the names that were written', async () => {
    const renamed = {
      ...request,
      frames: request.frames.map((frame) => ({ ...frame, fileName: `t:${frame.frameIndex}.png` })),
    };
    const files = await collect(exportFiles(renamed, { getMasks: masksAt }));
    expect([...files.keys()].slice(3)).toEqual(['t%3A7.png', 't%3A8.png', 'frames.csv']);
    expect(textOf(files, 'frames.csv')).toBe(
      'frame,time_seconds,file,rgb_sha256,luma_16x9\r\n7,0.280000,t%3A7.png,,\r\n8,0.333333,t%3A8.png,,\r\n',
    );
  });

  it('has nothing to export without frames or without an object', async () => {
    const competitors = request.labels.filter((label) => label.role === 'competitor');
    expect(await codeOf(collect(exportFiles({ ...request, frames: [] }, { getMasks: masksAt })))).toBe(
      'export-nothing',
    );
    expect(
      await codeOf(collect(exportFiles({ ...request, labels: competitors }, { getMasks: masksAt }))),
    ).toBe('export-nothing');
  });

  it('stops before the next file when it is cancelled', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const getMasks = async (frameIndex: number): Promise<NumberedMask[]> => {
      asked.push(frameIndex);
      controller.abort();
      return [];
    };
    expect(await codeOf(collect(exportFiles(request, { getMasks, signal: controller.signal })))).toBe(
      'cancelled',
    );
    expect(asked).toEqual([7]);
  });
});

describe('zipStream', () => {
  it('holds exactly the files', async () => {
    const files = await collect(exportFiles(request, { getMasks: masksAt }));
    const zip = zipStream(exportFiles(request, { getMasks: masksAt }));
    const unpacked = unzipSync(new Uint8Array(await new Response(zip).arrayBuffer()));
    expect(new Map(Object.entries(unpacked))).toEqual(files);
  });

  it('fails with the error of its files', async () => {
    const zip = zipStream(
      exportFiles(request, { getMasks: () => Promise.reject(new Error('no masks today')) }),
    );
    await expect(new Response(zip).arrayBuffer()).rejects.toThrow('no masks today');
  });
});

describe('framesCsv', () => {
  it('quotes what RFC 4180 wants quoted', () => {
    const frame = { frameIndex: 0, timestampSec: 0 };
    const names = ['plain.png', 'a,b.png', 'say "hi".png', 'two\nlines.png'];
    expect(framesCsv(names.map((fileName) => ({ ...frame, fileName })))).toBe(
      [
        'frame,time_seconds,file,rgb_sha256,luma_16x9',
        '0,0.000000,plain.png,,',
        '0,0.000000,"a,b.png",,',
        '0,0.000000,"say ""hi"".png",,',
        '0,0.000000,"two\nlines.png",,',
        '',
      ].join('\r\n'),
    );
  });
});

describe('maskFileNames', () => {
  it('keeps good names and mends the others', () => {
    expect(
      maskFileNames(['00000.png', 'IMG 1', '../passwd', 'a:b?.png', '.png', 'y.PNG', '~x', 'a\nb']),
    ).toEqual([
      '00000.png',
      'IMG 1.png',
      '%2E.%2Fpasswd.png',
      'a%3Ab%3F.png',
      'frame.png',
      'y.png',
      '%7Ex.png',
      'a%0Ab.png',
    ]);
  });

  it('refuses names that some file system takes for one', () => {
    expect(() => maskFileNames(['a.png', 'A.png'])).toThrow('one file name');
  });

  it('gives flat names, different for names that are', () => {
    // A name may hold the code of a character by itself, and no name is empty.
    const wish = fc
      .oneof(
        fc.constantFrom('a', 'a:b', 'a_b', 'b/a', '.', '..', '~', ' x', 'x '),
        fc.string({ minLength: 1 }),
      )
      .filter((name) => !name.includes('%') && name.toLowerCase() !== 'frame');
    const wishes = fc.uniqueArray(wish, { maxLength: 30, selector: (name) => name.toLowerCase() });
    fc.assert(
      fc.property(wishes, (wanted) => {
        const names = maskFileNames(wanted.map((name) => `${name}.png`));
        expect(names.length).toBe(wanted.length);
        expect(names.filter((name) => !/^[^./\\][^/\\]*\.png$/.test(name))).toEqual([]);
      }),
    );
  });
});

describe('writeFailed', () => {
  it('names a full disk and the file', () => {
    const error = writeFailed('masks.zip', 'Safe.', new DOMException('full', 'QuotaExceededError'));
    expect(error.code).toBe('export-write-failed');
    expect(error.what).toContain('"masks.zip"');
    expect(error.what).toContain('full');
    expect(error.todo).toContain('Free some disk space');
  });

  it('passes an error that is already meant for the user', () => {
    const cancelled = writeFailed('masks.zip', 'Safe.', writeFailed('a.png', 'Safe.', new Error('x')));
    expect(cancelled.what).toContain('"a.png"');
  });
});
