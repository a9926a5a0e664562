import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { randomMask } from '../../core/project/__fixtures__/randomMasks';
import { objectId } from '../../core/base/ids';
import { createLabel } from '../../core/label/label';
import { PROJECT_FORMAT, PROJECT_VERSION } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import { memoryFiles } from './memoryFiles';
import { idbRows, memoryRows, type ProjectRows } from './projectRows';
import { ProjectStorage } from './projectStorage';
import type { Commit, ProjectId, StoredMap } from './storageProtocol';
import { quotaExceeded, type FileStore, type StoredFile } from './storedFile';

const project = 'project-a' as ProjectId;

function maskOf(value: number): FrameMask {
  return {
    rle: { size: [64, 64], counts: Uint32Array.of(4096 - value, value) },
    box: [0, 0, 64, 64],
    areaPx: value,
    predictedIou: 0.9,
  };
}

function commitOf(newMaps: readonly StoredMap[], liveMaps: readonly number[], name = 'clip'): Commit {
  return {
    newMaps,
    liveMaps,
    maskCount: 1,
    annotatedFrames: 1,
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
        width: 64,
        height: 64,
        frameCount: 10,
        frameTableHash: 'ab',
        imageRate: null,
      },
      labels: [createLabel([])],
      prompts: [],
      tracks: liveMaps.map((id) => ({ objectId: objectId(id), prompted: id, propagated: id })),
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

function mapOf(id: number, masks: readonly number[]): StoredMap {
  return { id, frames: Uint32Array.from(masks, (_, frame) => frame), masks: Uint32Array.from(masks) };
}

/** A file store in which every write can be made to fail, wholly or after some bytes. */
function frailFiles() {
  const files = memoryFiles();
  const frail = { failAfterBytes: Infinity };
  const wrap = (file: StoredFile): StoredFile => ({
    size: () => file.size(),
    read: (at, length) => file.read(at, length),
    truncate: (size) => file.truncate(size),
    flush: () => file.flush(),
    close: () => file.close(),
    write: (at, bytes) => {
      if (bytes.length > frail.failAfterBytes) {
        file.write(at, bytes.subarray(0, frail.failAfterBytes));
        throw quotaExceeded();
      }
      file.write(at, bytes);
    },
  });
  const store: FileStore = { ...files, open: async (folder, name) => wrap(await files.open(folder, name)) };
  return { store, frail };
}

const databases: { name: string; make: () => Promise<ProjectRows> }[] = [
  { name: 'IndexedDB', make: () => idbRows(`test-${Math.random()}`) },
  { name: 'memory', make: async () => memoryRows() },
];

describe.each(databases)('projects with rows in $name', ({ make }) => {
  async function storage(minCompactedBytes?: number) {
    const { store, frail } = frailFiles();
    const rows = await make();
    let nowMs = 1000;
    const open = () => new ProjectStorage(store, rows, { now: () => (nowMs += 1), minCompactedBytes });
    return { files: store, frail, rows, open };
  }

  afterEach(() => vi.restoreAllMocks());

  it('gives back what was committed, in another visit', async () => {
    const { open } = await storage();
    const first = open();
    const masks = [maskOf(1), maskOf(2)];
    const ids = await first.appendMasks(project, masks);
    await first.commit(project, commitOf([mapOf(5, ids)], [5]));
    const second = open();
    expect(await second.load(project)).toMatchObject({
      document: { name: 'clip', maskMaps: [{ id: 5, frames: [0, 1], masks: ids }] },
    });
    expect(await second.readMasks(project, ids)).toEqual(masks);
    expect(await second.load('project-b' as ProjectId)).toBeNull();
  });

  it('gives numbers to new masks that no mask of an earlier visit has', async () => {
    const { open } = await storage();
    const early = await open().appendMasks(project, [maskOf(1), maskOf(2)]);
    const late = await open().appendMasks(project, [maskOf(3)]);
    expect(early).not.toContain(late[0]);
  });

  it('refuses to name masks that are not there, and keeps the state before', async () => {
    const { open } = await storage();
    const storageA = open();
    const ids = await storageA.appendMasks(project, [maskOf(1)]);
    await storageA.commit(project, commitOf([mapOf(1, ids)], [1], 'before'));
    const result = await storageA.commit(project, commitOf([mapOf(2, [ids[0]!, 99])], [2], 'after'));
    expect(result.missing).toEqual([99]);
    expect(await storageA.load(project)).toMatchObject({
      document: { name: 'before', maskMaps: [{ id: 1 }] },
    });
  });

  it('forgets maps that no longer count', async () => {
    const { open, rows } = await storage();
    const some = open();
    const ids = await some.appendMasks(project, [maskOf(1), maskOf(2), maskOf(3)]);
    await some.commit(project, commitOf([mapOf(1, [ids[0]!]), mapOf(2, [ids[1]!])], [1, 2]));
    await some.commit(project, commitOf([mapOf(3, [ids[2]!])], [2, 3]));
    expect((await rows.maps(project)).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('leaves the file as it was when the disk is full, and goes on when there is room again', async () => {
    const { open, frail } = await storage();
    const some = open();
    const ids = await some.appendMasks(project, [maskOf(1)]);
    await some.commit(project, commitOf([mapOf(1, ids)], [1]));
    frail.failAfterBytes = 10;
    await expect(some.appendMasks(project, [maskOf(2), maskOf(3)])).rejects.toThrow(
      expect.objectContaining({ name: 'QuotaExceededError' }),
    );
    frail.failAfterBytes = Infinity;
    const later = await some.appendMasks(project, [maskOf(4)]);
    expect(await some.readMasks(project, [...ids, ...later])).toEqual([maskOf(1), maskOf(4)]);
    expect(await open().readMasks(project, [...ids, ...later])).toEqual([maskOf(1), maskOf(4)]);
  });

  it('writes the masks that count into a new file once half is garbage, and says which it dropped', async () => {
    const { open, files } = await storage(2000);
    const some = open();
    const kept = await some.appendMasks(project, [maskOf(1), maskOf(2)]);
    await some.commit(project, commitOf([mapOf(1, kept)], [1]));
    const before = (await some.list())[0]!.maskBytes;
    const garbage = await some.appendMasks(
      project,
      Array.from({ length: 100 }, (_, index) => maskOf(index)),
    );
    const { dropped } = await some.commit(project, commitOf([], [1]));
    expect(dropped).toEqual(garbage);
    expect((await some.list())[0]!.maskBytes).toBe(before);
    expect(await some.readMasks(project, kept)).toEqual([maskOf(1), maskOf(2)]);
    expect(await some.readMasks(project, garbage.slice(0, 1))).toEqual([null]);
    const [next] = await some.appendMasks(project, [maskOf(9)]);
    expect(next).toBeGreaterThan(garbage.at(-1)!);
    const later = open();
    expect(await later.readMasks(project, [...kept, next!])).toEqual([maskOf(1), maskOf(2), maskOf(9)]);
    expect(await files.names(project)).toEqual(['masks-2']);
  });

  it('goes on with the old file when there is no room for a new one', async () => {
    const { open, frail, files } = await storage(2000);
    const some = open();
    const ids = await some.appendMasks(project, [maskOf(1)]);
    await some.appendMasks(
      project,
      Array.from({ length: 100 }, (_, index) => maskOf(index)),
    );
    frail.failAfterBytes = 5;
    const { dropped } = await some.commit(project, commitOf([mapOf(1, ids)], [1]));
    frail.failAfterBytes = Infinity;
    expect(dropped).toEqual([]);
    expect(await files.names(project)).toEqual(['masks-1']);
    expect(await some.readMasks(project, ids)).toEqual([maskOf(1)]);
  });

  it('lists, renames, duplicates and deletes', async () => {
    const { open, files } = await storage();
    const some = open();
    const ids = await some.appendMasks(project, [maskOf(1)]);
    await some.commit(project, commitOf([mapOf(1, ids)], [1]));
    const copy = 'project-b' as ProjectId;
    await some.duplicate(project, copy, 'copy of clip');
    await some.rename(project, 'first');
    expect((await some.list()).map(({ name }) => name)).toEqual(['copy of clip', 'first']);
    expect(await some.load(project)).toMatchObject({ document: { name: 'first' } });
    await some.remove(project);
    expect((await some.list()).map(({ id }) => id)).toEqual([copy]);
    expect(await some.readMasks(copy, ids)).toEqual([maskOf(1)]);
    expect(await files.folders()).toEqual([copy]);
  });

  it('cleans up what was never committed, but not what a tab is about to commit', async () => {
    const { open, files } = await storage();
    const some = open();
    await some.appendMasks('left-over' as ProjectId, [maskOf(1)]);
    await some.appendMasks('in-use' as ProjectId, [maskOf(1)]);
    await some.cleanUp(async (id) => id === 'in-use');
    expect(await files.folders()).toEqual(['in-use']);
  });

  it('tells samples on which nothing is left, and cleans them up unless a tab has them open', async () => {
    const { open } = await storage();
    const some = open();
    const sample = (name: string, change: Partial<Commit['document']> = {}): Commit => {
      const commit = commitOf([], [], name);
      const { footage } = commit.document;
      const range = { inFrame: 0, outFrame: footage.frameCount - 1 };
      const document = {
        ...commit.document,
        labels: [createLabel([])],
        range,
        footage: { ...footage, source: 'sample' as const, name: 'clip.mp4' },
        ...change,
      };
      return { ...commit, maskCount: 0, annotatedFrames: 0, document };
    };
    const named = { ...createLabel([]), name: 'dye' };
    await some.commit('untouched' as ProjectId, sample('clip'));
    await some.commit('open' as ProjectId, sample('clip'));
    await some.commit('labelled' as ProjectId, sample('clip', { labels: [named] }));
    await some.commit('renamed' as ProjectId, sample('first try'));
    await some.commit('own' as ProjectId, sample('clip', { footage: commitOf([], []).document.footage }));
    const untouched = (await some.list()).filter(({ isUntouchedSample }) => isUntouchedSample);
    expect(untouched.map(({ id }) => id).toSorted()).toEqual(['open', 'untouched']);
    await some.cleanUp(async (id) => id === 'open');
    expect((await some.list()).map(({ id }) => id).toSorted()).toEqual([
      'labelled',
      'open',
      'own',
      'renamed',
    ]);
  });

  it('keeps every committed state, whatever is done in whatever order and wherever it ends', async () => {
    const steps = fc.array(
      fc.record({
        masks: fc.array(randomMask, { minLength: 1, maxLength: 3 }),
        end: fc.constantFrom('commit', 'leave', 'full'),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const { open, frail } = await storage(500);
        let some = open();
        let committed: FrameMask[] | null = null;
        let mapId = 0;
        for (const { masks, end } of list) {
          frail.failAfterBytes = end === 'full' ? 15 : Infinity;
          const ids = await some.appendMasks(project, masks).catch(() => null);
          frail.failAfterBytes = Infinity;
          if (ids && end === 'commit') {
            mapId += 1;
            await some.commit(project, commitOf([mapOf(mapId, ids)], [mapId]));
            committed = masks;
          }
          some = open();
          const loaded = await some.load(project);
          const document = loaded?.document as { maskMaps: { masks: number[] }[] } | undefined;
          const named = document?.maskMaps.flatMap((map) => map.masks) ?? [];
          expect(await some.readMasks(project, named)).toEqual(committed ?? []);
        }
      }),
      { numRuns: 40 },
    );
  });
});
