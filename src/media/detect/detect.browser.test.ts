import { describe, expect, it } from 'vitest';
import { fixtureFile } from '../__fixtures__/fixtures';
import { CLAIM_BYTES, claimedSize } from './claimedSize';
import { SNIFF_BYTES, contentKindOf } from './contentKind';
import { inspectMp4 } from './mp4Boxes';

async function fixture(name: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fixtureFile(name)).arrayBuffer());
}

const box = (type: string, ...size: number[]): number[] => [...size, ...new TextEncoder().encode(type)];

const readerOf = (bytes: Uint8Array) => (offset: number, length: number) =>
  Promise.resolve(bytes.slice(offset, offset + length));

describe('content kind', () => {
  it.each([
    ['h264-bframes.mp4', 'mp4'],
    ['prores.mov', 'mp4'],
    ['ntsc.mkv', 'stream'],
    ['vp9.webm', 'stream'],
    ['h264.m2t', 'stream'],
    ['mpeg2.mpg', 'ffmpeg'],
    ['mpeg4.avi', 'ffmpeg'],
    ['images.zip', 'zip'],
  ])('tells %s by its bytes', async (name, kind) => {
    expect(contentKindOf((await fixture(name)).subarray(0, SNIFF_BYTES))).toBe(kind);
  });

  it('tells text, whatever its alphabet, from unknown bytes', () => {
    expect(contentKindOf(new TextEncoder().encode('frame,time\r\n1,0.04\r\n'))).toBe('text');
    const cutInsideACharacter = new TextEncoder().encode('Ünïcödé'.repeat(99)).subarray(0, SNIFF_BYTES);
    expect(contentKindOf(cutInsideACharacter)).toBe('text');
    expect(contentKindOf(Uint8Array.from({ length: 64 }, (_, index) => (index * 37) % 256))).toBe('unknown');
    expect(contentKindOf(new Uint8Array())).toBe('unknown');
  });
});

describe('completeness', () => {
  it('accepts whole MP4 files and finds where others were cut', async () => {
    const whole = await fixture('h264-bframes.mp4');
    expect(await inspectMp4(whole.length, readerOf(whole))).toEqual({ kind: 'complete' });
    for (const missingBytes of [1, 500, 3000]) {
      const cut = whole.subarray(0, whole.length - missingBytes);
      expect(await inspectMp4(cut.length, readerOf(cut))).toEqual({ kind: 'cut', missingBytes });
    }
    const noIndex = await fixture('truncated-moov.mp4');
    expect(await inspectMp4(noIndex.length, readerOf(noIndex))).toEqual({ kind: 'no-index' });
  });

  it('reads 64-bit box sizes and ignores bytes after the last box', async () => {
    const bytes = Uint8Array.from(
      [
        box('ftyp', 0, 0, 0, 8),
        [...box('mdat', 0, 0, 0, 1), 0, 0, 0, 0, 0, 0, 0, 20, 9, 9, 9, 9],
        box('moov', 0, 0, 0, 8),
        Array.from({ length: 12 }, () => 0),
      ].flat(),
    );
    expect(await inspectMp4(bytes.length, readerOf(bytes))).toEqual({ kind: 'complete' });
  });

  it.each(['mpeg4.avi', 'ntsc.mkv', 'vp9.webm'])('%s claims its true size', async (name) => {
    const bytes = await fixture(name);
    expect(claimedSize(bytes.subarray(0, CLAIM_BYTES))).toBe(bytes.length);
  });

  it('claims nothing for other files, nor where the size was left open', async () => {
    expect(claimedSize((await fixture('mpeg2.mpg')).subarray(0, CLAIM_BYTES))).toBeNull();
    const live = (await fixture('vp9.webm')).slice(0, CLAIM_BYTES);
    const segment = live.findIndex(
      (_, at) => live[at] === 0x18 && live[at + 1] === 0x53 && live[at + 2] === 0x80,
    );
    live.set([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], segment + 4);
    expect(claimedSize(live)).toBeNull();
  });
});
