import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import type { FootageReference } from '../../core/project/footageReference';
import type { FrameMask } from '../../core/track/maskTrack';
import type { MaskflowStore } from '../../state/store';
import type { Commit, CommitResult, ProjectId } from '../../workers/storage/storageProtocol';
import { addPoint, maskOf, one, ready } from '../__fixtures__/appFixtures';
import { Autosave } from './autosave';
import { ProjectSession } from './projectSession';
import { storedAsDocument } from './unsavedProject';
import { plainCalibration } from '../../core/measure/calibration';
import { parseDocument } from './parseDocument';

const reference: FootageReference = {
  source: 'files',
  kind: 'video',
  name: 'clip.mp4',
  sizeBytes: 1,
  fileCount: 1,
  width: 8,
  height: 8,
  frameCount: 10,
  frameTableHash: 'ab',
  imageRate: null,
};

/** A storage that notes what it is asked, answers when the clock says so, and can be full. */
function fakeStorage(answerMs = 0) {
  const fake = {
    kindOf: 'disk' as 'disk' | 'memory',
    error: null as Error | null,
    appended: [] as FrameMask[],
    commits: [] as Commit[],
    answers: [] as Partial<CommitResult>[],
    running: 0,
    mostRunning: 0,
  };
  async function busy<T>(work: () => T): Promise<T> {
    fake.running += 1;
    fake.mostRunning = Math.max(fake.mostRunning, fake.running);
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    fake.running -= 1;
    if (fake.error) {
      throw fake.error;
    }
    return work();
  }
  const storage = {
    kind: async () => fake.kindOf,
    appendMasks: (_id: ProjectId, masks: readonly FrameMask[]) =>
      busy(() => masks.map((mask) => fake.appended.push(mask))),
    commit: (_id: ProjectId, commit: Commit) =>
      busy((): CommitResult => {
        fake.commits.push(commit);
        return { missing: [], dropped: [], savedAtMs: 1, ...fake.answers.shift() };
      }),
  };
  return { fake, storage };
}

const full = new UserFacingError({ code: 'storage-full', what: 'w', safe: 's', todo: 't' });

function started(answerMs?: number) {
  const store = ready();
  const { fake, storage } = fakeStorage(answerMs);
  const firstChange = vi.fn(async () =>
    store.getState().setProjectData({ project: { id: 'p', name: 'clip' } }),
  );
  const autosave = new Autosave(store, storage, { firstChange, saved: () => undefined });
  const session = new ProjectSession('p' as ProjectId, reference);
  autosave.follow(session, { kind: 'nothing' });
  return { store, fake, autosave, firstChange, session };
}

function paint(store: MaskflowStore, frameIndex: number, areaPx: number): FrameMask {
  const mask: FrameMask = { ...maskOf(areaPx), isAccepted: true, edit: 'painted' };
  const note = { name: 'Brush', objectIds: [one], fromFrame: frameIndex, toFrame: frameIndex };
  store.getState().commitEdit(note, [{ frameIndex, masks: [[one, mask]] }]);
  return mask;
}

const kindOf = (store: MaskflowStore): string => store.getState().saveState.kind;

beforeEach(() => {
  vi.useFakeTimers();
  // Every failed save is noted in the console.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('Autosave', () => {
  it('leaves nothing behind until something changes', async () => {
    const { store, fake, firstChange } = started();
    store.getState().seek(4);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fake.commits).toEqual([]);
    expect(firstChange).not.toHaveBeenCalled();
    expect(kindOf(store)).toBe('nothing');
  });

  it('has a change on the disk within half a second, and says so', async () => {
    const { store, fake, firstChange } = started();
    const mask = paint(store, 3, 5);
    expect(kindOf(store)).toBe('saving');
    await vi.advanceTimersByTimeAsync(500);
    expect(kindOf(store)).toBe('saved');
    expect(firstChange).toHaveBeenCalledTimes(1);
    expect(fake.appended).toEqual([mask]);
    expect(fake.commits[0]).toMatchObject({
      maskCount: 1,
      annotatedFrames: 1,
      document: { name: 'clip', lastEdit: { name: 'Brush' } },
    });
    const [painted] = fake.commits[0]!.newMaps.filter((map) => map.masks.length > 0);
    expect([...painted!.frames]).toEqual([3]);
  });

  it.each<[string, (store: MaskflowStore) => void]>([
    ['labels', (store) => store.getState().updateLabel(one, { name: 'dye' })],
    ['prompts', (store) => addPoint(store)],
    [
      'thresholds',
      (store) => store.getState().setThreshold(one, { fromFrame: 0, toFrame: 4, probability: 0.3 }),
    ],
    ['versions', (store) => store.setState({ versions: [] })],
    ['useSharedPoints', (store) => store.getState().setUseSharedPoints(false)],
    ['calibration', (store) => store.getState().setCalibration({ frameRate: 1000 })],
    ['references', (store) => store.setState({ references: [] })],
    ['range', (store) => store.getState().setInFrame(2)],
    ['propagationRuns', (store) => store.getState().beginPropagationRun()],
    ['acceptances', (store) => store.setState(({ acceptances }) => ({ acceptances: acceptances + 1 }))],
    ['provenance', (store) => store.setState(({ provenance }) => ({ provenance: { ...provenance } }))],
    ['lastObjectId', (store) => store.setState({ lastObjectId: 7 })],
    [
      'image rate',
      (store) => store.setState(({ footage }) => ({ footage: footage && { ...footage, frameRate: 5 } })),
    ],
    ['name', (store) => store.getState().setProjectData({ project: { id: 'p', name: 'other' } })],
  ])('saves a change of %s alone', async (_, change) => {
    const { store, fake } = started();
    paint(store, 3, 5);
    await vi.advanceTimersByTimeAsync(500);
    change(store);
    expect(kindOf(store)).toBe('saving');
    await vi.advanceTimersByTimeAsync(500);
    expect(fake.commits).toHaveLength(2);
    expect(kindOf(store)).toBe('saved');
  });

  it('writes each mask once, and each map only when it has changed', async () => {
    const { store, fake } = started();
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    paint(store, 2, 6);
    await vi.advanceTimersByTimeAsync(500);
    store.getState().updateLabel(one, { name: 'dye' });
    await vi.advanceTimersByTimeAsync(500);
    expect(fake.appended.map((mask) => mask.areaPx)).toEqual([5, 6]);
    expect(fake.commits.map((commit) => commit.newMaps.length)).toEqual([2, 1, 0]);
    expect(fake.commits[2]!.liveMaps).toEqual(fake.commits[1]!.liveMaps);
  });

  it('writes masks and maps again that the storage has dropped meanwhile', async () => {
    const { store, fake } = started();
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    fake.answers.push({ dropped: [1] });
    paint(store, 1, 6);
    await vi.advanceTimersByTimeAsync(500);
    store.temporal.getState().undo();
    await vi.advanceTimersByTimeAsync(500);
    expect(fake.appended.map((mask) => mask.areaPx)).toEqual([5, 6, 5]);
    expect([...fake.commits.at(-1)!.newMaps[0]!.masks]).toEqual([3]);
  });

  it('appends masks again that the storage says it never had', async () => {
    const { store, fake } = started();
    fake.answers.push({ missing: [1] });
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    expect(fake.appended).toHaveLength(2);
    expect([...fake.commits[1]!.newMaps.find((map) => map.masks.length > 0)!.masks]).toEqual([2]);
    expect(kindOf(store)).toBe('saved');
  });

  it('saves one state at a time, and what changed during a save after it', async () => {
    const { store, fake } = started(1000);
    for (let frame = 0; frame < 8; frame += 1) {
      paint(store, frame, frame + 1);
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(kindOf(store)).toBe('saving');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(fake.mostRunning).toBe(1);
    expect(fake.commits.at(-1)!.maskCount).toBe(8);
    expect(fake.appended).toHaveLength(8);
    expect(kindOf(store)).toBe('saved');
  });

  it('saves in the middle of a stream of changes, instead of waiting for its end', async () => {
    const { store, fake } = started();
    for (let step = 0; step < 20; step += 1) {
      addPoint(store, step % 10);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(fake.commits.length).toBeGreaterThanOrEqual(4);
  });

  it('says that the disk is full, goes on trying, and saves all once there is room', async () => {
    const { store, fake, autosave } = started();
    fake.error = full;
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    expect(store.getState().saveState).toMatchObject({
      kind: 'failed',
      reason: 'full',
      message: { what: 'w' },
    });
    expect(autosave.isUnsaved).toBe(true);
    paint(store, 2, 6);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(kindOf(store)).toBe('failed');
    fake.error = null;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(kindOf(store)).toBe('saved');
    expect(fake.commits.at(-1)!.maskCount).toBe(2);
  });

  it('tries at once when it is asked to, and tells whether all is kept', async () => {
    const { store, fake, autosave } = started();
    fake.error = new Error('the worker died');
    paint(store, 1, 5);
    const failing = autosave.flush();
    await vi.advanceTimersByTimeAsync(1);
    expect(await failing).toBe(false);
    expect(store.getState().saveState).toMatchObject({ reason: 'stopped' });
    fake.error = null;
    const working = autosave.flush();
    await vi.advanceTimersByTimeAsync(1);
    expect(await working).toBe(true);
    expect(fake.commits).toHaveLength(1);
  });

  it('never claims that a private window keeps anything', async () => {
    const { store, fake, autosave } = started();
    fake.kindOf = 'memory';
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    expect(store.getState().saveState).toMatchObject({ kind: 'failed', reason: 'noRoom' });
    expect(autosave.isUnsaved).toBe(true);
  });

  it('keeps the playhead of a project, without a word, and less often', async () => {
    const { store, fake } = started();
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(500);
    const kinds = new Set<string>();
    const unsubscribe = store.subscribe((state) => kinds.add(state.saveState.kind));
    store.getState().seek(7);
    await vi.advanceTimersByTimeAsync(1000);
    expect(fake.commits).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    unsubscribe();
    expect(fake.commits[1]!.document.currentFrame).toBe(7);
    expect([...kinds]).toEqual(['saved']);
  });

  it('saves the next project although the save of the one before it is still going on', async () => {
    const { store, fake, autosave } = started(1000);
    paint(store, 1, 5);
    await vi.advanceTimersByTimeAsync(400);
    expect(fake.running).toBe(1);
    autosave.follow(new ProjectSession('q' as ProjectId, reference), { kind: 'nothing' });
    autosave.requestSave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(kindOf(store)).toBe('saved');
    expect(fake.mostRunning).toBe(1);
    expect(fake.commits).toHaveLength(2);
  });

  it('saves nothing of what comes after it was told to stop', async () => {
    const { store, fake, autosave } = started();
    autosave.follow(null, { kind: 'nothing' });
    paint(store, 1, 5);
    expect(await autosave.flush()).toBe(true);
    await vi.advanceTimersByTimeAsync(5000);
    expect(fake.commits).toEqual([]);
  });
});

describe('a document', () => {
  function stored(): unknown {
    const store = ready();
    addPoint(store);
    paint(store, 3, 5);
    store.getState().setThreshold(one, { fromFrame: 0, toFrame: 4, probability: 0.25 });
    store.getState().setCalibration({
      scale: { from: { x: 0, y: 0 }, to: { x: 3, y: 0 }, length: 0.5, unit: 'mm' },
      region: { kind: 'box', box: [0, 0, 2, 2] },
      frameRate: 1000,
    });
    const { labels, tracks } = store.getState();
    store
      .getState()
      .addReference({ name: 'truth.zip', labels, tracks, matches: [{ own: one, project: one }] });
    store.getState().setProjectData({ project: { id: 'p', name: 'clip' } });
    return JSON.parse(JSON.stringify(storedAsDocument(store.getState(), reference)[0])) as unknown;
  }
  const track = { objectId: 1, prompted: 0, propagated: 0 };
  const changed = (change: object): unknown => ({ ...(stored() as object), ...change });

  it('is read as it was written', () => {
    const document = stored();
    expect(parseDocument(document, 'clip')).toEqual(document);
  });

  it('of a version that could not measure is read without a calibration', () => {
    const { calibration: _, ...document } = stored() as { calibration: unknown };
    expect(parseDocument(document, 'clip')).toEqual(document);
  });

  it('of a version that could not import references is read without any', () => {
    const { references: _, ...document } = stored() as { references: unknown };
    expect(parseDocument(document, 'clip')).toEqual(document);
  });

  it('with parts that this version does not know is read without them', () => {
    const document = stored() as object;
    expect(parseDocument({ ...document, later: 1 }, 'clip')).toEqual(document);
  });

  it.each([
    ['labels', [{ objectId: 0, name: 'x', colour: '#000000', role: 'object', isVisible: true }]],
    ['labels', [{ objectId: 1, name: 'x', colour: 'url(http://x)', role: 'object', isVisible: true }]],
    ['prompts', [{ kind: 'spell', id: 'prompt-1', frameIndex: 0 }]],
    ['maskMaps', [{ id: 1, frames: [0, 1], masks: [1] }]],
    ['maskMaps', [{ id: 1, frames: [0], masks: [2 ** 32] }]],
    ['range', { inFrame: -1, outFrame: 3 }],
    ['footage', { ...reference, imageRate: 0 }],
    ['calibration', { ...plainCalibration, frameRate: 0 }],
    ['calibration', { ...plainCalibration, region: { kind: 'polygon', points: [{ x: 0, y: 0 }] } }],
    ['references', [{ id: 1, name: 'truth.zip', labels: [], tracks: [{ objectId: 0 }] }]],
    ['references', [{ id: 1, name: 'x', labels: [], tracks: [], matches: [{ own: 1 }] }]],
    ['tracks', null],
    ['tracks', [{ ...track, thresholds: [{ fromFrame: 0, toFrame: 1, probability: 0 }] }]],
    ['tracks', [{ ...track, thresholds: [{ fromFrame: 0, toFrame: 1, probability: 1 }] }]],
  ])('with senseless %s is refused, naming the project and the part', (part, value) => {
    const read = (): unknown => parseDocument(changed({ [part]: value }), 'holiday');
    expect(read).toThrow(/^holiday cannot be read/);
    expect(read).toThrow(new RegExp(`its ${part}`));
  });

  it.each([
    ['prompts', [{ kind: 'sharedPoint', id: 'prompt-1', frameIndex: 10, point: { x: 0, y: 0 } }]],
    ['maskMaps', [{ id: 1, frames: [10], masks: [1] }]],
  ])('with %s on frames that the footage does not have is refused', (part, value) => {
    expect(() => parseDocument(changed({ [part]: value }), 'holiday')).toThrow(/does not have/);
  });
});
