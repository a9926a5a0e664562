/** Exports through the real worker, read back with independent readers. */
import { decode } from 'fast-png';
import { unzipSync } from 'fflate';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import type { ExportFormatId } from '../../core/export/exportFormats';
import type { NumberedMask, ExportRequest } from '../../core/export/maskSequence';
import { composeLabelMap } from '../../core/mask/labelMap';
import { encodeRle } from '../../core/mask/rle';
import { encodeSoftMask } from '../../core/mask/softMask';
import { fixtureFile } from '../../media/__fixtures__/fixtures';
import { FootageClient } from '../footage/footageClient';
import { ExportClient } from './exportClient';

const width = 67;
const height = 41;

function request(frameCount: number): ExportRequest {
  return {
    width,
    height,
    footageName: 'clip.mp4',
    labels: [
      { number: 1, name: 'one', colour: '#e69f00', role: 'object' },
      { number: 2, name: 'two', colour: '#56b4e9', role: 'object' },
      { number: null, name: 'floor', colour: '#009e73', role: 'competitor' },
    ],
    frames: Array.from({ length: frameCount }, (_, frameIndex) => ({
      frameIndex,
      timestampSec: frameIndex / 25,
      fileName: `${String(frameIndex).padStart(5, '0')}.png`,
    })),
  };
}

function disc(number: number, centreX: number, centreY: number, radius: number): NumberedMask {
  const data = new Uint8Array(width * height);
  for (let index = 0; index < data.length; index += 1) {
    const dx = (index % width) - centreX;
    const dy = Math.floor(index / width) - centreY;
    data[index] = dx * dx + dy * dy < radius * radius ? 1 : 0;
  }
  return { number, rle: encodeRle({ width, height, data }) };
}

/** Overlapping discs that move with the frames; the competitor paints background over both. */
function masksAt(frameIndex: number): NumberedMask[] {
  return [disc(1, 20 + frameIndex, 20, 12), disc(2, 32, 18 + frameIndex, 9), disc(0, 40, 20, 5)];
}

function expectLabelMaps(files: Record<string, Uint8Array>, frameCount: number): void {
  for (const { frameIndex, fileName } of request(frameCount).frames) {
    const decoded = decode(files[fileName] ?? new Uint8Array(0), { checkCrc: true });
    const expected = composeLabelMap({ width, height }, masksAt(frameIndex));
    expect([decoded.width, decoded.height]).toEqual([width, height]);
    expect(Array.from(decoded.data)).toEqual(Array.from(expected.data));
  }
}

/** What other tests left in the storage that all of them share. */
const olderFiles = new Set<string>();

async function temporaryFiles(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('maskflow-exports', { create: true });
  const names: string[] = [];
  for await (const name of folder.keys()) {
    if (!olderFiles.has(name)) {
      names.push(name);
    }
  }
  return names;
}

/** Interface and behaviour of a folder the user picked: both are FileSystemDirectoryHandles. */
async function emptyFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(name, { recursive: true }).catch(() => undefined);
  return await root.getDirectoryHandle(name, { create: true });
}

async function writeFile(
  folder: FileSystemDirectoryHandle,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(bytes);
  await writable.close();
}

async function readFolder(folder: FileSystemDirectoryHandle): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for await (const handle of folder.values()) {
    if (handle.kind === 'file') {
      files[handle.name] = new Uint8Array(await (await handle.getFile()).arrayBuffer());
    }
  }
  return files;
}

async function errorOf(work: Promise<unknown>): Promise<UserFacingError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserFacingError) {
    return error;
  }
  throw new Error(`expected a user's error, got ${String(error)}`);
}

let client: ExportClient;

beforeAll(async () => {
  for (const name of await temporaryFiles()) {
    olderFiles.add(name);
  }
});

beforeEach(() => {
  client = new ExportClient();
});

afterEach(async () => {
  await client.cleanUp();
  client[Symbol.dispose]();
});

describe('exportZip', () => {
  it('holds exactly the label maps, and the tables', async () => {
    const progress: number[] = [];
    const zip = await client.exportZip(request(6), {
      getMasks: masksAt,
      onProgress: ({ framesDone }) => progress.push(framesDone),
    });
    expect(zip.type).toBe('application/zip');
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    expect(Object.keys(files).length).toBe(10);
    expectLabelMaps(files, 6);
    expect(new TextDecoder().decode(files['frames.csv'])).toContain('\r\n5,0.200000,00005.png,,\r\n');
    expect(JSON.parse(new TextDecoder().decode(files['labels.json']))).toMatchObject({
      format: 'maskflow-labels',
      labels: [{ number: 1 }, { number: 2 }, { number: null }],
    });
    expect(progress).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps the ZIP on disk until cleanUp', async () => {
    await client.exportZip(request(1), { getMasks: masksAt });
    expect((await temporaryFiles()).length).toBe(1);
    await client.cleanUp();
    expect(await temporaryFiles()).toEqual([]);
  });

  it('leaves nothing behind when it is cancelled, and goes on working', async () => {
    const controller = new AbortController();
    const asked: number[] = [];
    const error = await errorOf(
      client.exportZip(request(500), {
        signal: controller.signal,
        getMasks: (frameIndex) => {
          asked.push(frameIndex);
          if (frameIndex === 2) {
            controller.abort();
          }
          return masksAt(frameIndex);
        },
      }),
    );
    expect(error.code).toBe('cancelled');
    expect(asked).toEqual([0, 1, 2]);
    expect(await temporaryFiles()).toEqual([]);
    expect((await client.exportZip(request(1), { getMasks: masksAt })).size).toBeGreaterThan(0);
  });

  it('carries errors across the thread', async () => {
    expect((await errorOf(client.exportZip(request(0), { getMasks: masksAt }))).code).toBe('export-nothing');
    await expect(
      client.exportZip(request(1), {
        getMasks: () => {
          throw new Error('masks are gone');
        },
      }),
    ).rejects.toThrow('masks are gone');
    expect(await temporaryFiles()).toEqual([]);
  });

  it('does not start when it was cancelled before', async () => {
    const error = await errorOf(
      client.exportZip(request(1), { getMasks: masksAt, signal: AbortSignal.abort() }),
    );
    expect(error.code).toBe('cancelled');
  });
});

describe('formats with pictures', () => {
  const name = 'variable-rate.mp4';

  /** Labelled footage, with the worker that reads it behind the export worker. */
  async function exportFootage(ids: readonly ExportFormatId[]) {
    using footage = new FootageClient();
    client.connectFrames((port) => void footage.connect(port));
    const info = await footage.open([{ file: await fixtureFile(name), path: name }]);
    const { timestampsSec, lastDurationSec } = info.frameTable;
    const frames = Array.from(timestampsSec, (timestampSec, frameIndex) => ({
      frameIndex,
      timestampSec,
      durationSec: (timestampsSec[frameIndex + 1] ?? timestampSec + lastDurationSec) - timestampSec,
      fileName: `${String(frameIndex).padStart(5, '0')}.png`,
    }));
    const data = new Uint8Array(info.width * info.height).fill(1, 0, info.width * 9);
    const rle = encodeRle({ width: info.width, height: info.height, data });
    const zip = await client.exportZip(
      {
        ...request(0),
        width: info.width,
        height: info.height,
        frames,
        formats: ids.map((id) => ({ id, options: {} })),
      },
      { footageId: info.footageId, getMasks: () => [{ number: 1, rle }] },
    );
    return { info, files: unzipSync(new Uint8Array(await zip.arrayBuffer())) };
  }

  it('shows every frame at its own time in exported videos', async () => {
    const { info, files } = await exportFootage(['overlayVideo', 'alphaVideo']);
    expect(await temporaryFiles()).toHaveLength(1);
    using reader = new FootageClient();
    for (const film of ['overlay.mp4', 'cutout.webm']) {
      const file = new File([files[film] as Uint8Array<ArrayBuffer>], film);
      const opened = await reader.open([{ file, path: film }]);
      expect([opened.width, opened.height]).toEqual([info.width, info.height]);
      expect(opened.frameTable.timestampsSec.length).toBe(info.frameTable.timestampsSec.length);
      opened.frameTable.timestampsSec.forEach((timestampSec, frame) =>
        expect(Math.abs(timestampSec - info.frameTable.timestampsSec[frame]!)).toBeLessThan(0.0011),
      );
    }
  });

  it('writes the very frames, which have the fingerprints of frames.csv', async () => {
    const { files } = await exportFootage(['frames', 'davis']);
    const [, ...rows] = new TextDecoder().decode(files['frames.csv']).trim().split('\r\n');
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const [, , file, sha] = row.split(',');
      const { data, channels } = decode(files[`frames/${file}`]!, { checkCrc: true });
      expect(channels).toBe(3);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(data)));
      expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(sha);
    }
    const jpeg = files['davis/JPEGImages/Full-Resolution/clip/00000.jpg']!;
    const bitmap = await createImageBitmap(new Blob([jpeg as Uint8Array<ArrayBuffer>]));
    expect(bitmap.width).toBeGreaterThan(0);
  });

  it('says what cannot be read when the footage is gone, and still writes masks', async () => {
    await expect(
      client.exportZip({ ...request(2), formats: [{ id: 'frames', options: {} }] }, { getMasks: masksAt }),
    ).rejects.toThrow('cannot be read');
    expect((await client.exportZip(request(2), { getMasks: masksAt })).size).toBeGreaterThan(0);
  });

  it('says what the browser can encode', async () => {
    expect(await client.videoSupport({ width: 640, height: 360 })).toEqual({
      mp4: 'avc',
      webm: 'vp9',
      alpha: 'vp9',
    });
    const footage = { width: 640, height: 360, frameRate: null };
    expect((await client.videoSupport(footage)).mp4).toBe('avc');
    expect((await client.videoSupport({ width: 60_000, height: 360 })).mp4).toBeNull();
  });
});

describe('exportToFolder', () => {
  it('writes the same files as the ZIP into a new folder and leaves what lies beside it', async () => {
    const folder = await emptyFolder('picked');
    const source = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
    await writeFile(folder, '00001.png', source);
    await writeFile(folder, 'labels.json', source);
    const name = await client.exportToFolder(request(4), folder, { getMasks: masksAt });
    expect(name).toBe('clip-masks');
    const beside = await readFolder(folder);
    expect(Object.keys(beside).toSorted()).toEqual(['00001.png', 'labels.json']);
    expect(beside['00001.png']).toEqual(source);
    expect(beside['labels.json']).toEqual(source);
    const files = await readFolder(await folder.getDirectoryHandle(name));
    expect(Object.keys(files).toSorted()).toEqual([
      '00000.png',
      '00001.png',
      '00002.png',
      '00003.png',
      'export.json',
      'frames.csv',
      'labels.json',
      'maskflow_check.py',
    ]);
    expectLabelMaps(files, 4);
  });

  it('puts soft masks into a folder for each label', async () => {
    const folder = await emptyFolder('picked-soft');
    const shown = composeLabelMap({ width, height }, masksAt(1)).data;
    const logits = Float32Array.from(shown, (number) => (number === 2 ? 2 : -2));
    const soft = encodeSoftMask(logits, width, height);
    const softSequences = [{ number: 2, binaryFrames: [] }];
    const getMasks = (frameIndex: number): NumberedMask[] =>
      masksAt(frameIndex).map((mask) => ({ ...mask, soft }));
    const name = await client.exportToFolder({ ...request(2), softSequences }, folder, { getMasks });
    const written = await folder.getDirectoryHandle(name);
    const labelFolder = await (await written.getDirectoryHandle('soft')).getDirectoryHandle('2 two');
    const files = await readFolder(labelFolder);
    expect(Object.keys(files).toSorted()).toEqual(['00000.png', '00001.png']);
    const { data } = decode(files['00001.png']!, { checkCrc: true });
    // p = 0.881 at a logit of 2, and 0.119 at -2.
    const greyOf = (pixel: number): number => (shown[pixel] === 2 ? 224.6 : 30.4);
    expect(data.every((grey, pixel) => Math.abs(grey - greyOf(pixel)) < 2)).toBe(true);
  });

  it('takes the next free name, and leaves earlier exports as they are', async () => {
    const folder = await emptyFolder('picked');
    await writeFile(folder, 'clip-masks-2', new Uint8Array(3));
    const names = [];
    for (const frameCount of [3, 1, 2]) {
      names.push(await client.exportToFolder(request(frameCount), folder, { getMasks: masksAt }));
    }
    expect(names).toEqual(['clip-masks', 'clip-masks-3', 'clip-masks-4']);
    expectLabelMaps(await readFolder(await folder.getDirectoryHandle('clip-masks')), 3);
    const odd = { ...request(1), footageName: '../a:b.mp4' };
    expect(await client.exportToFolder(odd, folder, { getMasks: masksAt })).toBe('%2E.%2Fa%3Ab-masks');
  });

  it('leaves only whole files when it is cancelled', async () => {
    const folder = await emptyFolder('cancelled');
    const controller = new AbortController();
    const error = await errorOf(
      client.exportToFolder(request(500), folder, {
        signal: controller.signal,
        getMasks: (frameIndex) => {
          if (frameIndex === 3) {
            controller.abort();
          }
          return masksAt(frameIndex);
        },
      }),
    );
    expect(error.code).toBe('cancelled');
    const files = await readFolder(await folder.getDirectoryHandle('clip-masks'));
    expect(Object.keys(files).filter((name) => name.endsWith('.png')).length).toBe(3);
    expectLabelMaps(files, 3);
  });

  it('names the file that could not be written', async () => {
    const folder = await emptyFolder('blocked');
    const error = await errorOf(
      client.exportToFolder(request(3), folder, {
        getMasks: async (frameIndex) => {
          if (frameIndex === 1) {
            const made = await folder.getDirectoryHandle('clip-masks');
            await made.getDirectoryHandle('00001.png', { create: true });
          }
          return masksAt(frameIndex);
        },
      }),
    );
    expect(error.code).toBe('export-write-failed');
    expect(error.what).toContain('blocked/clip-masks/00001.png');
    expectLabelMaps(await readFolder(await folder.getDirectoryHandle('clip-masks')), 1);
  });

  it('says so when the folder is gone', async () => {
    const folder = await emptyFolder('gone');
    await (await navigator.storage.getDirectory()).removeEntry('gone');
    const error = await errorOf(client.exportToFolder(request(1), folder, { getMasks: masksAt }));
    expect(error.code).toBe('export-write-failed');
    expect(error.what).toContain('no longer there');
  });
});
