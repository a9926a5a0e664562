/** Writers of formats on a picture that is wider than high, with times that are no whole frames. */
import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { crc32 } from '../core/base/crc32';
import { UserFacingError } from '../core/base/errors';
import { readZipDirectory } from '../core/checkpoint/zipDirectory';
import type { FormatChoice } from '../core/export/exportFormats';
import type { ExportPicture, ExportRequest, NumberedMask } from '../core/export/maskSequence';
import { encodeRle } from '../core/mask/rle';
import { deflatedZip } from './deflatedZip';
import type { VideoTask } from './exportContext';
import { writeFailed } from './exportErrors';
import { exportFiles, type ExportSource } from './exportFiles';
import { tiffStart } from './tiffDirectory';

const [width, height] = [8, 4];

function maskWhere(number: number, isInside: (x: number, y: number) => boolean): NumberedMask {
  const data = Uint8Array.from({ length: width * height }, (_, pixel) =>
    isInside(pixel % width, Math.floor(pixel / width)) ? 1 : 0,
  );
  return { number, rle: encodeRle({ width, height, data }) };
}

const masks = [maskWhere(1, (x) => x < 4), maskWhere(255, (x, y) => x === 7 && y > 1)];

function requestOf(...formats: readonly FormatChoice[]): ExportRequest {
  return {
    width,
    height,
    footageName: 'clip.mp4',
    labels: [
      { number: 1, name: 'cell', colour: '#e69f00', role: 'object' },
      { number: 255, name: 'glare', colour: '#000000', role: 'void' },
    ],
    frames: [
      { frameIndex: 4, timestampSec: 1, durationSec: 0.25, fileName: '00004.png' },
      { frameIndex: 5, timestampSec: 1.25, durationSec: 0.25, fileName: '00005.png' },
      { frameIndex: 6, timestampSec: 1.5, durationSec: 0.75, fileName: '00006.png' },
    ],
    formats,
  };
}

async function written(
  choice: FormatChoice,
  source: Partial<ExportSource> = {},
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const { name, bytes } of exportFiles(requestOf(choice), {
    getMasks: async () => masks,
    ...source,
  })) {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      pieces.push(piece);
    }
    files.set(name, Buffer.concat(pieces));
  }
  return files;
}

it('YOLO: x in shares of the width, y in shares of the height', async () => {
  const files = await written({ id: 'yolo', options: { pictures: 'none' } });
  const [place, ...shares] = files.get('yolo/labels/00004.txt')!.toString().trim().split(' ').map(Number);
  expect(place).toBe(0);
  const xs = shares.filter((_, index) => index % 2 === 0);
  const ys = shares.filter((_, index) => index % 2 === 1);
  expect([Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]).toEqual([0, 0.5, 0, 1]);
});

it('COCO: boxes by size, void pixels as a crowd, images numbered from 1', async () => {
  const files = await written({ id: 'coco', options: {} });
  const [name] = [...files.keys()].filter((file) => file.endsWith('coco.json'));
  const { annotations } = JSON.parse(files.get(name!)!.toString()) as { annotations: object[] };
  expect(annotations.slice(0, 2)).toMatchObject([
    { id: 1, image_id: 5, category_id: 1, bbox: [0, 0, 4, 4], area: 16, iscrowd: 0 },
    { id: 2, image_id: 5, category_id: 255, bbox: [7, 2, 1, 2], area: 2, iscrowd: 1 },
  ]);
});

it('TIFF: the time between frames, and the mark of a BigTIFF', async () => {
  const files = await written({ id: 'tiff', options: {} });
  expect(files.get('masks.tif')!.toString('latin1')).toContain('finterval=0.250000000');
  const big = Buffer.from(tiffStart(true).head(5));
  expect([
    big.toString('latin1', 0, 2),
    big.readUInt16LE(2),
    big.readUInt16LE(4),
    big.readUInt16LE(6),
  ]).toEqual(['II', 43, 8, 0]);
  expect(big.readBigUInt64LE(8)).toBe(22n);
  expect(Buffer.from(tiffStart(false).head(5)).readUInt16LE(2)).toBe(42);
});

it('NumPy: frames, then rows, then columns', async () => {
  const files = await written({ id: 'npz', options: {} });
  const entries = entriesOf(files.get('masks.npz')!);
  expect(entries.get('masks.npy')!.toString('latin1')).toContain("'shape': (3, 4, 8)");
  expect([...entries.get('masks.npy')!.subarray(-96, -88)]).toEqual([1, 1, 1, 1, 0, 0, 0, 0]);
});

/** What each entry of a ZIP unpacks to, its CRC checked. */
function entriesOf(zip: Buffer): Map<string, Buffer> {
  const plan = readZipDirectory(zip.length);
  let step = plan.next();
  while (!step.done) {
    const { offset, lengthBytes } = step.value;
    step = plan.next(new Uint8Array(zip.subarray(offset, offset + lengthBytes)));
  }
  return new Map(
    [...step.value.values()].map(({ name, headerOffset, packedBytes, sizeBytes, crc32: crc }) => {
      const start =
        headerOffset + 30 + zip.readUInt16LE(headerOffset + 26) + zip.readUInt16LE(headerOffset + 28);
      const bytes = inflateRawSync(zip.subarray(start, start + packedBytes));
      expect([name, bytes.length, crc32(bytes)]).toEqual([name, sizeBytes, crc]);
      return [name, bytes];
    }),
  );
}

it('ZIPs have the checksums and sizes of entries that came in pieces', async () => {
  const pieces = [3, 1000, 0, 7].map((length) => new Uint8Array(length).fill(length % 256));
  const parts: Uint8Array[] = [];
  for await (const part of deflatedZip([
    { name: 'a', pieces },
    { name: 'b', pieces: [] },
    { name: 'c', pieces: pieces.slice(0, 1) },
  ])) {
    parts.push(part);
  }
  const entries = entriesOf(Buffer.concat(parts));
  expect(entries.get('a')).toEqual(Buffer.concat(pieces));
  expect(entries.get('b')).toHaveLength(0);
});

it('videos begin at 0 with frames as long as they are, and are let go, also when the export is left', async () => {
  const picture: ExportPicture = { width, height, data: new Uint8ClampedArray(width * height * 4).fill(200) };
  const times: [number, number][] = [];
  let cut: ExportPicture | null = null;
  let released = 0;
  const encodeVideo = async ({ frames }: VideoTask) => {
    for await (const frame of frames) {
      times.push([frame.timestampSec, frame.durationSec]);
      cut = frame.picture;
    }
    return { blob: new Blob(['film']), release: async () => void (released += 1) };
  };
  const source = { getPicture: async () => picture, tools: { encodeVideo } };
  const files = await written({ id: 'alphaVideo', options: {} }, source);
  expect(files.get('cutout.webm')?.toString()).toBe('film');
  expect(times).toEqual([
    [0, 0.25],
    [0.25, 0.25],
    [0.5, 0.75],
  ]);
  // The label's pixels as they are, all others transparent.
  expect([...cut!.data.subarray(12, 20)]).toEqual([200, 200, 200, 200, 0, 0, 0, 0]);
  expect(released).toBe(1);
  const request = requestOf({ id: 'alphaVideo', options: {} });
  for await (const { name } of exportFiles(request, { getMasks: async () => masks, ...source })) {
    if (name === 'cutout.webm') {
      break;
    }
  }
  expect(released).toBe(2);
});

it('footage that cannot be read is asked for once, and leaves the fingerprints out', async () => {
  let asked = 0;
  const getPicture = (): Promise<ExportPicture> => {
    asked += 1;
    return Promise.reject(new Error('gone'));
  };
  const files = await written({ id: 'palette', options: {} }, { getPicture });
  expect(asked).toBe(1);
  expect(files.get('frames.csv')!.toString().split('\r\n')[1]).toBe('4,1.000000,labels/00004.png,,');
});

it('a failed write says why, and passes on what is meant for the user already', () => {
  const own = new UserFacingError({ code: 'storage-full', what: 'w', safe: 's', todo: 't' });
  expect(writeFailed('a.png', 'safe', own)).toBe(own);
  for (const [name, why] of [
    ['QuotaExceededError', /is full/],
    ['NotAllowedError', /permission/],
    ['NotFoundError', /no longer there/],
    ['NoModificationAllowedError', /in the way/],
  ] as const) {
    const error = writeFailed('a.png', 'safe', new DOMException('x', name));
    expect(error).toMatchObject({
      code: 'export-write-failed',
      what: expect.stringMatching(why),
      safe: 'safe',
    });
  }
  expect(writeFailed('a.png', 'safe', new Error('odd')).what).toContain('odd');
});
