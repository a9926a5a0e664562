/** What the benchmark reads: the command line, sequences on disk, and PNGs of masks. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeRle, rleArea } from '../../../src/core/mask/rle';
import { readPpm } from './frames';
import { labelsIn, maskOfLabel, readLabelPng } from './labelPng';
import { parseOptions } from './options';
import { findSequences, matchMasks } from './sequences';
import { Truth } from './truth';

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'maskflow-test-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(join(dir, path, '..'), { recursive: true });
  writeFileSync(join(dir, path), content);
}

/** All colours alike, so that only the index can tell. */
function indexedPng(width: number, height: number, data: number[], depth: 4 | 8 = 8): Uint8Array {
  const palette = Array.from({ length: 16 }, () => [9, 9, 9] as [number, number, number]);
  return encode({ width, height, data: Uint8Array.from(data), depth, channels: 1, palette });
}

function greyPng(width: number, height: number, data: number[]): Uint8Array {
  return encode({ width, height, data: Uint8Array.from(data), channels: 1 });
}

describe('the command line', () => {
  it('runs both engines on all when only the data is named', () => {
    expect(parseOptions(['--data', 'd'])).toMatchObject({
      task: 'run',
      dataDir: 'd',
      engines: [
        { name: 'memory', engine: 'memory', options: [] },
        { name: 'sam', engine: 'sam', options: [] },
      ],
      frameLimit: null,
      every: 1,
      corrections: 0,
      jsonFile: null,
    });
  });

  it('takes engines with what is changed in them', () => {
    const args = ['--data', 'd', '--engine', 'memory:no-colour,top=60', '--engine', 'sam', '--frames', '9'];
    expect(parseOptions(args)).toMatchObject({
      frameLimit: 9,
      engines: [
        { name: 'memory:no-colour,top=60', engine: 'memory', options: ['no-colour', 'top=60'] },
        { name: 'sam', engine: 'sam', options: [] },
      ],
    });
  });

  it('tells the report from the run', () => {
    expect(parseOptions(['--report', 'a.json', 'b.json'])).toEqual({
      task: 'report',
      jsonFiles: ['a.json', 'b.json'],
    });
    expect(parseOptions(['--help'])).toEqual({ task: 'help' });
  });

  it.each([
    [[], /--data/],
    [['--data', 'd', '--engine', 'xmem'], /xmem/],
    [['--data', 'd', '--frames', '2'], /--frames/],
    [['--data', 'd', '--every', '1.5'], /--every/],
    [['--data', 'd', '--corrections', ''], /--corrections/],
    [['--data', 'd', '--wrong'], /wrong/],
    [['--report'], /--json/],
    [['d'], /"d"/],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});

describe('sequences', () => {
  it('are found in a folder, by number, and one by itself', () => {
    for (const name of ['seq10', 'seq9']) {
      put(`${name}/frames/0.jpg`);
      put(`${name}/masks/0.png`);
    }
    put('film/clip.mp4');
    put('film/masks/00000.png');
    put('notes/readme.txt');
    const found = findSequences(dir);
    expect(found.map(({ name }) => name)).toEqual(['film', 'seq9', 'seq10']);
    expect(found[0]!.footage).toEqual({ video: join(dir, 'film', 'clip.mp4') });
    expect(findSequences(join(dir, 'film'))[0]).toEqual(found[0]);
    expect(findSequences(dir, ['seq9'])).toEqual([found[1]]);
    expect(() => findSequences(dir, ['seq8'])).toThrow(/seq9/);
  });

  it('that are incomplete are named with what is missing', () => {
    expect(() => findSequences(join(dir, 'nowhere'))).toThrow(/nowhere/);
    expect(() => findSequences(dir)).toThrow(/no sequence/);
    put('a/masks/0.png');
    expect(() => findSequences(dir)).toThrow(/clip\.mp4/);
    put('b/clip.mp4');
    put('b/masks/note.txt');
    expect(() => findSequences(join(dir, 'b'))).toThrow(/no PNG/);
  });

  it.each([
    ['names', ['a0.png', 'a2.png'], ['a0.jpg', 'a1.jpg', 'a2.jpg'], [0, 2]],
    ['numbers', ['mask_05.png', 'mask_07.png'], ['img5.jpg', 'img6.jpg', 'img7.jpg'], [0, 2]],
    ['distance from the first', ['00000.png', '00010.png'], ['f1.jpg', 'f2.jpg'], [0, 10]],
    ['distance, for videos', ['00001.png', '00005.png', '00007.png'], null, [0, 4, 6]],
    ['order', ['first.png', 'second.png'], null, [0, 1]],
  ])('match masks by %s', (_, masks, pictures, indices) => {
    expect([...matchMasks(masks, pictures)]).toEqual(indices.map((index, at) => [index, masks[at]]));
  });
});

describe('readLabelPng', () => {
  it('reads palette indices, not colours', () => {
    const picture = readLabelPng(indexedPng(3, 2, [0, 1, 2, 0, 7, 2]));
    expect([...picture.labels]).toEqual([0, 1, 2, 0, 7, 2]);
    expect(labelsIn(picture)).toEqual([1, 2, 7]);
    expect([...maskOfLabel(picture, 2).data]).toEqual([0, 0, 1, 0, 0, 1]);
  });

  it('unpacks pixels of 4 bits, rows of odd length too', () => {
    const picture = readLabelPng(indexedPng(3, 2, [0x12, 0x30, 0x40, 0x50], 4));
    expect([...picture.labels]).toEqual([1, 2, 3, 4, 0, 5]);
  });

  it('takes 255 for the label 1 where it is alone, else for undecided', () => {
    expect([...readLabelPng(greyPng(2, 2, [0, 255, 255, 0])).labels]).toEqual([0, 1, 1, 0]);
    expect([...readLabelPng(greyPng(2, 2, [0, 255, 3, 0])).labels]).toEqual([0, 0, 3, 0]);
  });

  it('refuses colour and 16 bits', () => {
    const colour = encode({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3), channels: 3 });
    expect(() => readLabelPng(colour)).toThrow(/colour/);
    const deep = encode({ width: 1, height: 1, data: Uint16Array.of(1), channels: 1, depth: 16 });
    expect(() => readLabelPng(deep)).toThrow(/16 bits/);
  });
});

describe('Truth', () => {
  it('has the labels of the first mask, on every n-th frame, absent ones as empty masks', () => {
    put('s/clip.mp4');
    put('s/masks/0.png', indexedPng(2, 2, [1, 2, 0, 0]));
    put('s/masks/1.png', indexedPng(2, 2, [2, 2, 2, 2]));
    put('s/masks/2.png', indexedPng(2, 2, [0, 3, 2, 0]));
    const truth = new Truth(findSequences(join(dir, 's'))[0]!, 2);
    expect(truth.labels).toEqual([1, 2]);
    expect(truth.masksAt(1)!.map(({ rle }) => rleArea(rle))).toEqual([0, 1]);
    expect([...decodeRle(truth.masksAt(1)![1]!.rle).data]).toEqual([0, 0, 1, 0]);
    expect(truth.has(2)).toBe(false);
    expect(truth.masksAt(2)).toBe(null);
  });

  it('names the mask that is broken, empty or of another size', () => {
    put('s/clip.mp4');
    put('s/masks/0.png', indexedPng(2, 1, [0, 0]));
    const [sequence] = findSequences(join(dir, 's'));
    expect(() => new Truth(sequence!, 1)).toThrow(/empty/);
    put('s/masks/0.png', 'not a png');
    expect(() => new Truth(sequence!, 1)).toThrow(/0\.png/);
    put('s/masks/0.png', indexedPng(2, 1, [0, 1]));
    put('s/masks/1.png', indexedPng(1, 1, [1]));
    const truth = new Truth(findSequences(join(dir, 's'))[0]!, 1);
    expect(() => truth.masksAt(1)).toThrow(/1\.png.*1 x 1/);
  });
});

describe('readPpm', () => {
  it('reads what ffmpeg writes, and nothing else', () => {
    const bytes = Buffer.concat([Buffer.from('P6\n2 1\n255\n'), Buffer.from([1, 2, 3, 4, 5, 6])]);
    expect(readPpm(bytes)).toEqual({
      width: 2,
      height: 1,
      data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255),
    });
    expect(() => readPpm(Buffer.from('P5\n2 1\n255\n12'))).toThrow(/PPM/);
  });
});
