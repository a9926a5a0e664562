/** The files of an export: their names, tables, order and errors. */
import { decode } from 'fast-png';
import * as fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { UserFacingError } from '../core/base/errors';
import type { NumberedMask, PngSequenceRequest } from '../core/export/maskSequence';
import { composeLabelMap } from '../core/mask/labelMap';
import { encodeRle } from '../core/mask/rle';
import { writeFailed } from './exportErrors';
import { framesCsv } from './framesCsv';
import { maskFileNames } from './maskFileNames';
import { pngSequence, type ExportedFile } from './pngSequence';
import { zipStream } from './zipStream';

const request: PngSequenceRequest = {
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
    found.set(name, bytes);
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

describe('pngSequence', () => {
  it('writes tables and one label map for each frame', async () => {
    const progress: string[] = [];
    const files = await collect(
      pngSequence(request, {
        getMasks: masksAt,
        onProgress: ({ framesDone, frameCount }) => progress.push(`${framesDone}/${frameCount}`),
      }),
    );
    expect([...files.keys()]).toEqual(['labels.json', 'frames.csv', '00007.png', '00008.png']);
    expect(Array.from(decode(files.get('00007.png') ?? new Uint8Array()).data)).toEqual([
      1, 1, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]);
    expect(Array.from(decode(files.get('00008.png') ?? new Uint8Array()).data)).toEqual(
      Array.from(composeLabelMap(request, []).data),
    );
    expect(progress).toEqual(['1/2', '2/2']);
  });

  it('says in labels.json what the numbers mean', async () => {
    const files = await collect(pngSequence(request, { getMasks: masksAt }));
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

  it('lists in frames.csv the names that were written', async () => {
    const doubled = {
      ...request,
      frames: request.frames.map((frame) => ({ ...frame, fileName: 'a/x.png' })),
    };
    const files = await collect(pngSequence(doubled, { getMasks: masksAt }));
    expect([...files.keys()].slice(2)).toEqual(['x.png', 'x_2.png']);
    expect(textOf(files, 'frames.csv')).toBe(
      'frame,time_seconds,file\r\n7,0.280000,x.png\r\n8,0.333333,x_2.png\r\n',
    );
  });

  it('has nothing to export without frames or without an object', async () => {
    const competitors = request.labels.filter((label) => label.role === 'competitor');
    expect(await codeOf(collect(pngSequence({ ...request, frames: [] }, { getMasks: masksAt })))).toBe(
      'export-nothing',
    );
    expect(
      await codeOf(collect(pngSequence({ ...request, labels: competitors }, { getMasks: masksAt }))),
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
    expect(await codeOf(collect(pngSequence(request, { getMasks, signal: controller.signal })))).toBe(
      'cancelled',
    );
    expect(asked).toEqual([7]);
  });
});

describe('zipStream', () => {
  it('holds exactly the files', async () => {
    const files = await collect(pngSequence(request, { getMasks: masksAt }));
    const zip = zipStream(pngSequence(request, { getMasks: masksAt }));
    const unpacked = unzipSync(new Uint8Array(await new Response(zip).arrayBuffer()));
    expect(new Map(Object.entries(unpacked))).toEqual(files);
  });

  it('fails with the error of its files', async () => {
    const zip = zipStream(
      pngSequence(request, { getMasks: () => Promise.reject(new Error('no masks today')) }),
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
        'frame,time_seconds,file',
        '0,0.000000,plain.png',
        '0,0.000000,"a,b.png"',
        '0,0.000000,"say ""hi"".png"',
        '0,0.000000,"two\nlines.png"',
        '',
      ].join('\r\n'),
    );
  });
});

describe('maskFileNames', () => {
  it('keeps good names and mends the others', () => {
    expect(
      maskFileNames(['00000.png', 'IMG 1', '../../etc/passwd', 'a:b?.png', '.png', 'C:\\x\\y.PNG']),
    ).toEqual(['00000.png', 'IMG 1.png', 'passwd.png', 'a_b_.png', 'frame.png', 'y.png']);
  });

  it('makes repeated names different without touching a name that was free', () => {
    expect(maskFileNames(['a', 'A', 'a', 'a_2'])).toEqual(['a.png', 'A_3.png', 'a_4.png', 'a_2.png']);
  });

  it('gives different, flat names whatever is wished for', () => {
    const wish = fc.oneof(fc.constantFrom('a', 'A', 'a_2', 'A_3', 'b/a', '.', '..', ''), fc.string());
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 30 }), (wanted) => {
        const names = maskFileNames(wanted);
        expect(names.length).toBe(wanted.length);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
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
