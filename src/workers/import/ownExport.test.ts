/** What the export writes, the import reads back: numbers, names, competitors, void, frames and probabilities. */
import { describe, expect, it } from 'vitest';
import type { NumberedMask, ExportRequest } from '../../core/export/maskSequence';
import { pictureSource } from '../../core/import/pictureSource';
import { encodeRle, type Rle } from '../../core/mask/rle';
import { decodeSoftMask, encodeSoftMask } from '../../core/mask/softMask';
import { exportFiles } from '../../export/exportFiles';
import type { EntryOpener } from './importEntries';
import { readImport } from './readImport';

const size = { width: 40, height: 30 };

function rleWhere(isInside: (x: number, y: number) => boolean): Rle {
  const data = Uint8Array.from({ length: 1200 }, (_, index) =>
    isInside(index % 40, Math.floor(index / 40)) ? 1 : 0,
  );
  return encodeRle({ ...size, data });
}

/** Falls from the middle of the left half outward; above 0 within 8 px. */
const logits = Float32Array.from({ length: 1200 }, (_, index) => {
  const distance = Math.hypot((index % 40) - 10, Math.floor(index / 40) - 15);
  return (8.3 - distance) / 2;
});
const blob = rleWhere((x, y) => logits[y * 40 + x]! > 0);
const soft = encodeSoftMask(logits, 40, 30);
const right = rleWhere((x) => x >= 30);
const glare = rleWhere((x, y) => x >= 24 && x < 28 && y < 10);

const request: ExportRequest = {
  ...size,
  footageName: 'clip.mp4',
  labels: [
    { number: 1, name: 'upper, dye', colour: '#112233', role: 'object' },
    { number: 2, name: 'lower/dye', colour: '#445566', role: 'object' },
    { number: null, name: 'floor', colour: '#778899', role: 'competitor' },
    { number: 255, name: 'glare', colour: '#99aabb', role: 'void' },
  ],
  frames: [4, 5].map((frameIndex) => ({
    frameIndex,
    timestampSec: frameIndex / 25,
    fileName: `take, ${frameIndex}.png`,
  })),
  softSequences: [
    { number: 1, binaryFrames: [] },
    { number: 2, binaryFrames: [4] },
  ],
};

const masks: Record<number, NumberedMask[]> = {
  4: [
    { number: 1, rle: blob, soft },
    { number: 2, rle: right },
    { number: 255, rle: glare },
  ],
  5: [{ number: 1, rle: blob, soft }],
};

const opener: EntryOpener = {
  entriesOfFiles: (files) =>
    files.map(({ file, path }) => ({
      path,
      sizeBytes: file.size,
      readHead: async (length) => new Uint8Array(await file.slice(0, length).arrayBuffer()),
      readBlob: async () => file,
    })),
  entriesOfZip: () => Promise.reject(new Error('not a ZIP')),
};

async function throughFiles() {
  const files = [];
  for await (const { name, bytes } of exportFiles(request, { getMasks: async (frame) => masks[frame]! })) {
    files.push({ path: `out/${name}`, file: new File([bytes as Uint8Array<ArrayBuffer>], name) });
  }
  const read = await readImport(files, {
    opener,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  if (read.kind !== 'pictures') {
    throw new Error('expected pictures');
  }
  return pictureSource(read.raw, new Set());
}

describe('an export that is imported', () => {
  it('has its labels, frames and masks again', async () => {
    const source = await throughFiles();
    expect(source.labels.map(({ name, colour, role }) => ({ name, colour, role }))).toEqual(
      expect.arrayContaining(request.labels.map(({ name, colour, role }) => ({ name, colour, role }))),
    );
    expect(source).toMatchObject({ name: 'out', notes: [], greyReading: null });
    const numberOf = new Map(source.labels.map(({ key, number }) => [key, number]));
    const found = source.pictures.map(({ frameIndex, masks: read }) => [
      frameIndex,
      Object.fromEntries(read.map(({ key, rle }) => [numberOf.get(key), rle])),
    ]);
    expect(found).toEqual([
      [4, { 1: blob, 2: right, 255: glare }],
      [5, { 1: blob }],
    ]);
  });

  it('has its probabilities again, where it had some', async () => {
    const { pictures, labels } = await throughFiles();
    const [first] = labels;
    for (const { masks: read } of pictures) {
      const mask = read.find(({ key }) => key === first!.key);
      const back = decodeSoftMask(mask!.soft!);
      back.forEach((logit, pixel) => {
        const before = Math.min(Math.max(logits[pixel]!, -6), 6);
        if (Math.abs(before) < 3) {
          expect(Math.abs(logit - before)).toBeLessThan(0.12);
          expect(logit > 0).toBe(before > 0);
        }
      });
    }
    const binary = pictures[0]!.masks.find(({ rle }) => rle.counts.join() === right.counts.join());
    expect(binary?.soft).toBeUndefined();
  });
});
