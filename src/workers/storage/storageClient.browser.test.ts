/** The storage worker on the browser's own file system and database: what it promised outlives its death. */
import { afterEach, describe, expect, it } from 'vitest';
import { createLabel } from '../../core/label/label';
import { objectId } from '../../core/base/ids';
import { RECORD_HEADER_BYTES } from '../../core/project/maskFile';
import { PROJECT_FORMAT, PROJECT_VERSION, type ProjectDocument } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import { StorageClient } from './storageClient';
import type { Commit, ProjectId, StoredMap } from './storageProtocol';

const clients: StorageClient[] = [];
const made: ProjectId[] = [];

function client(): { storage: StorageClient; kill: () => void } {
  let worker: Worker | null = null;
  const storage = new StorageClient(() => {
    worker = new Worker(new URL('./storage.worker.ts', import.meta.url), { type: 'module' });
    return worker;
  });
  clients.push(storage);
  return { storage, kill: () => worker?.terminate() };
}

function newProject(): ProjectId {
  const id = `test-${crypto.randomUUID()}` as ProjectId;
  made.push(id);
  return id;
}

afterEach(async () => {
  const { storage } = client();
  clients.slice(0, -1).forEach((one) => one[Symbol.dispose]());
  for (const id of made.splice(0)) {
    await storage.remove(id);
  }
  clients.splice(0).forEach((one) => one[Symbol.dispose]());
});

/** A mask that no other value gives. */
function maskOf(value: number, width = 200): FrameMask {
  const counts: number[] = [value + 1];
  for (let left = width * width - value - 1; left > 0;) {
    const count = Math.min(left, 7 + (counts.length % 5));
    counts.push(count);
    left -= count;
  }
  return {
    rle: { size: [width, width], counts: Uint32Array.from(counts) },
    box: [0, 0, width, width],
    areaPx: value,
    predictedIou: value / 1000,
    soft: { width: 4, height: 4, bytes: Uint8Array.of(value & 255, 1, 2) },
  };
}

function mapOf(id: number, masks: readonly number[]): StoredMap {
  return { id, frames: Uint32Array.from(masks, (_, frame) => frame), masks: Uint32Array.from(masks) };
}

function commitOf(map: StoredMap, name: string): Commit {
  return {
    newMaps: [map],
    liveMaps: [map.id],
    maskCount: map.masks.length,
    annotatedFrames: map.masks.length,
    document: {
      format: PROJECT_FORMAT,
      version: PROJECT_VERSION,
      name,
      footage: {
        source: 'files',
        kind: 'video',
        name: 'clip.mp4',
        sizeBytes: 1,
        fileCount: 1,
        width: 200,
        height: 200,
        frameCount: 10,
        frameTableHash: 'ab',
        imageRate: null,
      },
      labels: [createLabel([])],
      prompts: [],
      tracks: [{ objectId: objectId(1), prompted: map.id, propagated: map.id }],
      useSharedPoints: true,
      versions: [],
      lastEdit: null,
      range: { inFrame: 0, outFrame: 9 },
      lastObjectId: 1,
      activeObjectId: null,
      propagationRuns: 0,
      acceptances: 0,
      currentFrame: 0,
      settings: {},
    },
  };
}

async function loaded(storage: StorageClient, id: ProjectId): Promise<{ name: string; masks: unknown[] }> {
  const document = (await storage.load(id))?.document as ProjectDocument;
  const ids = document.maskMaps.flatMap((map) => map.masks);
  return { name: document.name, masks: await storage.readMasks(id, ids) };
}

async function maskFile(id: ProjectId): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const folder = await (await root.getDirectoryHandle('maskflow-projects')).getDirectoryHandle(id);
  return folder.getFileHandle('masks-1');
}

describe('the storage worker', () => {
  it('keeps on the disk', async () => {
    expect(await client().storage.kind()).toBe('disk');
  });

  it('that dies in the middle of writing has lost nothing it had committed', async () => {
    const id = newProject();
    for (let round = 0; round < 12; round += 1) {
      const { storage, kill } = client();
      const committed: { name: string; masks: FrameMask[] }[] = [];
      const writing = (async () => {
        for (let step = 0; ; step += 1) {
          const masks = Array.from({ length: 6 }, (_, index) => maskOf(round * 1000 + step * 10 + index));
          const ids = await storage.appendMasks(id, masks);
          const name = `round ${round}, step ${step}`;
          await storage.commit(id, commitOf(mapOf(round * 1000 + step + 1, ids), name));
          committed.push({ name, masks });
        }
      })();
      writing.catch(() => undefined);
      // Somewhere in the middle of a write: a different moment each time.
      const stopAfter = 2 + (round % 3);
      while (committed.length < stopAfter) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await new Promise((resolve) => setTimeout(resolve, round * 1.3));
      kill();
      const promised = committed.at(-1)!;
      const after = await loaded(client().storage, id);
      // A commit whose answer did not come any more may have been made: then it is there as a whole.
      if (after.name === promised.name) {
        expect(after.masks).toEqual(promised.masks);
      } else {
        const step = committed.length;
        expect(after.name).toBe(`round ${round}, step ${step}`);
        expect(after.masks).toEqual(
          Array.from({ length: 6 }, (_, index) => maskOf(round * 1000 + step * 10 + index)),
        );
      }
      clients.splice(0).forEach((one) => one[Symbol.dispose]());
    }
  });

  it('is started again by the next call after it died', async () => {
    const id = newProject();
    const { storage, kill } = client();
    const ids = await storage.appendMasks(id, [maskOf(1)]);
    await storage.commit(id, commitOf(mapOf(1, ids), 'before'));
    kill();
    // A worker that is ended from outside tells nobody; ending it through the client is what a crash looks like.
    storage[Symbol.dispose]();
    expect(await loaded(storage, id)).toEqual({ name: 'before', masks: [maskOf(1)] });
  });

  it('leaves out a damaged mask, reads the others, and writes behind a torn end', async () => {
    const id = newProject();
    const first = client().storage;
    const ids = await first.appendMasks(id, [maskOf(1), maskOf(2), maskOf(3)]);
    await first.commit(id, commitOf(mapOf(1, ids), 'damaged'));
    await first.close(id);
    const file = await maskFile(id);
    const { size } = await file.getFile();
    const writable = await file.createWritable({ keepExistingData: true });
    await writable.write({
      type: 'write',
      position: 8 + RECORD_HEADER_BYTES + 30,
      data: Uint8Array.of(255, 255),
    });
    await writable.write({ type: 'write', position: size, data: new Uint8Array(500).fill(0x4d) });
    await writable.close();
    const second = client().storage;
    expect(await second.readMasks(id, ids)).toEqual([null, maskOf(2), maskOf(3)]);
    const [fresh] = await second.appendMasks(id, [maskOf(4)]);
    await second.close(id);
    expect(await client().storage.readMasks(id, [ids[2]!, fresh!])).toEqual([maskOf(3), maskOf(4)]);
  });

  it('copies a project that another worker has locked, as it was committed last', async () => {
    const id = newProject();
    const owner = client().storage;
    const ids = await owner.appendMasks(id, [maskOf(1)]);
    await owner.commit(id, commitOf(mapOf(1, ids), 'shared'));
    await owner.appendMasks(id, [maskOf(2)]);
    const copy = newProject();
    const other = client().storage;
    await other.duplicate(id, copy, 'copy');
    expect(await loaded(other, copy)).toEqual({ name: 'copy', masks: [maskOf(1)] });
    expect((await other.list()).find((project) => project.id === id)?.maskBytes).toBeGreaterThan(1000);
  });

  it('keeps footage of several files, and gives them back byte by byte', async () => {
    const id = newProject();
    const { storage } = client();
    const bytes = (seed: number, length: number) =>
      Uint8Array.from({ length }, (_, index) => (index * seed) & 255);
    const parts = [
      { path: 'shots/a.png', file: new File([bytes(3, 5_000_001)], 'a.png', { type: 'image/png' }) },
      { path: 'shots/b.png', file: new File([bytes(7, 12)], 'b.png', { type: 'image/png' }) },
    ];
    const ids = await storage.appendMasks(id, [maskOf(1)]);
    await storage.commit(id, commitOf(mapOf(1, ids), 'images'));
    expect(await storage.footage(id)).toBeNull();
    expect(await storage.keepFootage(id, parts)).toBe(true);
    await storage.commit(id, commitOf(mapOf(2, ids), 'images'));
    const kept = (await client().storage.footage(id))!;
    expect(kept.map(({ path, file }) => [path, file.name, file.type, file.size])).toEqual([
      ['shots/a.png', 'a.png', 'image/png', 5_000_001],
      ['shots/b.png', 'b.png', 'image/png', 12],
    ]);
    for (const [index, { file }] of kept.entries()) {
      const [expected, got] = await Promise.all([parts[index]!.file.arrayBuffer(), file.arrayBuffer()]);
      expect(new Uint8Array(got).every((byte, at) => byte === new Uint8Array(expected)[at])).toBe(true);
    }
  });

  it('gives up copying footage when it is told to, and leaves none', async () => {
    const id = newProject();
    const { storage } = client();
    const ids = await storage.appendMasks(id, [maskOf(1)]);
    await storage.commit(id, commitOf(mapOf(1, ids), 'given up'));
    const stop = new AbortController();
    const file = new File([new Uint8Array(30_000_000)], 'long.mp4');
    const copying = storage.keepFootage(id, [{ path: 'long.mp4', file }], stop.signal);
    stop.abort();
    await expect(copying).rejects.toThrow();
    expect(await storage.footage(id)).toBeNull();
  });

  it('packs a project into a file and makes one of it again, in storage or straight from memory', async () => {
    const id = newProject();
    const { storage } = client();
    const masks = [maskOf(1), maskOf(2)];
    const ids = await storage.appendMasks(id, [maskOf(9), ...masks]);
    await storage.commit(id, commitOf(mapOf(1, ids.slice(1)), 'packed'));
    const clip = new File(['not really a film'], 'clip.mp4', { type: 'video/mp4' });
    const stored = await storage.exportProject(id, [{ path: 'clip.mp4', file: clip }]);
    const document = (await storage.load(id))!.document as ProjectDocument;
    const renumbered = { ...document, maskMaps: [{ id: 1, frames: [0, 1], masks: [1, 2] }] };
    const packed = await storage.packProject(renumbered, masks, []);
    for (const [blob, hasFootage] of [
      [stored, true],
      [packed, false],
    ] as const) {
      const file = new File([blob], 'packed.maskflow');
      const contents = await storage.readProjectFile(file);
      expect(contents.hasFootage).toBe(hasFootage);
      const again = newProject();
      await storage.importProject(file, again, contents.document as ProjectDocument);
      expect(await loaded(client().storage, again)).toEqual({ name: 'packed', masks });
      const listed = (await storage.list()).find((project) => project.id === again);
      expect(listed).toMatchObject({ maskCount: 2, annotatedFrames: 2 });
      const footage = await storage.footage(again);
      expect(footage ? await footage[0]!.file.text() : null).toBe(hasFootage ? 'not really a film' : null);
    }
    const damaged = new Uint8Array(await stored.arrayBuffer());
    damaged[damaged.indexOf(0x4d, 2000)]! ^= 1;
    await expect(
      storage.readProjectFile(new File([damaged.subarray(0, 500)], 'cut.maskflow')),
    ).rejects.toThrow(/cut\.maskflow/);
  });
});
