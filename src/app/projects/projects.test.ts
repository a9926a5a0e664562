/** What is open is kept, left and brought back: nothing that was done is lost on the way. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newPromptId } from '../../core/base/ids';
import type { ProjectId } from '../../workers/storage/storageProtocol';
import { addPoint, maskOf, one } from '../__fixtures__/appFixtures';
import { areaOn, browser, errorCodes, file, full, left, paint, worked } from '../__fixtures__/keptProjects';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a project', () => {
  it('comes back as it was, and what is done then is added to it', async () => {
    const { storage, locks, tab } = browser();
    const before = tab();
    const id = await worked(before);
    const { rle } = maskOf(6);
    before.store.getState().addPrompt({ kind: 'mask', id: newPromptId(), objectId: one, frameIndex: 5, rle });
    await left(before);
    expect(locks.holds(id)).toBe(false);
    const after = tab();
    await after.projects.open(id);
    expect(areaOn(after.store, 3)).toBe(5);
    expect(after.store.getState()).toMatchObject({
      prompts: [
        { kind: 'point', frameIndex: 2 },
        { kind: 'mask', frameIndex: 5, rle },
      ],
      project: { id, name: 'clip' },
      saveState: { kind: 'saved' },
      restored: { prompts: 2, masks: 1, frames: 1, missingMasks: 0 },
      projectQuestion: null,
    });
    expect(after.store.temporal.getState().pastStates).toEqual([]);
    expect(locks.holds(id)).toBe(true);
    const known = storage.masks.size;
    paint(after.store, 4, 7);
    await after.projects.autosave.flush();
    expect(storage.masks.size).toBe(known + 1);
    // Of the prompted masks alone: the propagated ones are as they were stored.
    expect(storage.projects.get(id)!.commit.newMaps).toHaveLength(1);
    await left(after);
    const later = tab();
    await later.projects.open(id);
    expect([3, 4].map((frame) => areaOn(later.store, frame))).toEqual([5, 7]);
  });

  it('with damaged masks, or masks of another size, comes back without them, says so, and names them no more', async () => {
    const { storage, tab } = browser();
    const before = tab();
    const id = await worked(before);
    paint(before.store, 6, 8);
    await left(before);
    const [first, second] = [...storage.masks.keys()];
    storage.masks.delete(first!);
    const wide = {
      ...storage.masks.get(second!)!,
      rle: { size: [4, 16] as [number, number], counts: Uint32Array.of(64) },
    };
    storage.masks.set(second!, wide);
    const after = tab();
    await after.projects.open(id);
    expect(after.store.getState().restored).toMatchObject({ masks: 0, missingMasks: 2 });
    await after.projects.autosave.flush();
    const { maps } = storage.projects.get(id)!;
    expect([...maps.values()].flatMap(({ masks }) => [...masks])).toEqual([]);
  });

  it('that another tab has open is not opened a second time', async () => {
    const { tab } = browser();
    const id = await worked(tab());
    const other = tab();
    await worked(other, 'slow.mp4');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const opening = other.projects.open(id);
    await vi.advanceTimersByTimeAsync(2000);
    await opening;
    expect(other.store.getState()).toMatchObject({
      projectQuestion: { kind: 'openElsewhere', id, name: 'clip' },
      footage: { name: 'slow.mp4' },
    });
  });

  it.each([
    ['is gone', 'project-unreadable'],
    ['cannot be read', 'internal'],
  ])('that %s leaves what is open as it is, and its lock free', async (_, code) => {
    const { storage, locks, tab } = browser();
    const page = tab();
    await worked(page);
    if (code === 'internal') {
      storage.errors.set('load', new Error('the disk'));
    }
    await page.projects.open('nowhere' as ProjectId);
    expect(errorCodes(page.store)).toEqual([code]);
    expect(locks.holds('nowhere')).toBe(false);
    expect(areaOn(page.store, 3)).toBe(5);
    paint(page.store, 4, 7);
    expect(await page.projects.autosave.flush()).toBe(true);
  });

  it('whose masks cannot be read asks for its footage again, and leaves what is open', async () => {
    const { storage, tab } = browser();
    const before = tab();
    const id = await worked(before);
    await left(before);
    const page = tab();
    await worked(page, 'slow.mp4');
    storage.errors.set('readMasks', new Error('the worker died'));
    await page.projects.open(id);
    expect(errorCodes(page.store)).toEqual(['internal']);
    expect(page.store.getState()).toMatchObject({
      footage: { name: 'slow.mp4' },
      projectQuestion: { kind: 'needsFootage', id },
    });
    expect(areaOn(page.store, 3)).toBe(5);
  });

  it('takes no footage of another size, and asks before it takes frames at other times', async () => {
    const { storage, tab } = browser();
    const before = tab();
    const id = await worked(before);
    await left(before);
    storage.projects.get(id)!.footage = null;
    const page = tab();
    await page.projects.open(id);
    await page.projects.giveFootage(file('wide.mp4'));
    expect(page.store.getState()).toMatchObject({
      footage: null,
      projectQuestion: { kind: 'needsFootage', problem: expect.stringContaining('16 × 8') },
    });
    const giving = page.projects.giveFootage(file('slow.mp4'));
    await vi.waitFor(() => expect(page.store.getState().confirmation).not.toBeNull());
    page.store.getState().answer(false);
    await giving;
    expect(page.store.getState().footage).toBeNull();
    await page.projects.giveFootage(file('clip.mp4'));
    expect(areaOn(page.store, 3)).toBe(5);
  });
});

describe('what is open', () => {
  /** A page with work on slow.mp4, and the kept project of another footage. */
  async function twoProjects() {
    const { storage, locks, downloads, tab } = browser();
    const before = tab();
    const id = await worked(before);
    await left(before);
    const page = tab();
    const own = await worked(page, 'slow.mp4');
    return { storage, locks, downloads, tab, page, id, own };
  }

  it('is not left for another project before the user agrees, when it could not be saved', async () => {
    const { storage, page, id } = await twoProjects();
    storage.errors.set('appendMasks', full);
    paint(page.store, 8, 9);
    for (const agrees of [false, true]) {
      const opening = page.projects.open(id);
      await vi.waitFor(() => expect(page.store.getState().confirmation?.title).toMatch(/could not be saved/));
      page.store.getState().answer(agrees);
      await opening;
      expect(page.store.getState().footage!.name).toBe(agrees ? 'clip.mp4' : 'slow.mp4');
    }
  });

  it('is not left for other footage before the user agrees, when it could not be saved', async () => {
    const { storage, page } = await twoProjects();
    storage.errors.set('commit', full);
    paint(page.store, 8, 9);
    const opening = page.opener.open(file('clip.mp4'));
    await vi.waitFor(() => expect(page.store.getState().confirmation?.title).toBe('Close slow.mp4?'));
    page.store.getState().answer(false);
    await opening;
    expect(areaOn(page.store, 8)).toBe(9);
  });

  it('is saved with what changes while the masks of another project are being read', async () => {
    const { storage, page, id, own, tab } = await twoProjects();
    let go = (): void => undefined;
    storage.waits.set('readMasks', new Promise((resolve) => (go = resolve)));
    const opening = page.projects.open(id);
    await vi.waitFor(() => expect(page.store.getState().opening?.progress.phase).toBe('Reading masks'));
    paint(page.store, 8, 9);
    go();
    await opening;
    expect(page.store.getState().project?.id).toBe(id);
    storage.waits.clear();
    await left(page);
    const later = tab();
    await later.projects.open(own);
    expect(areaOn(later.store, 8)).toBe(9);
  });

  it('is kept when it is deleted and the disk refuses: it is in the list, and can be opened again', async () => {
    const { storage, page, own } = await twoProjects();
    storage.errors.set('remove', new Error('the disk'));
    const removing = page.useCases.remove(own);
    await vi.waitFor(() => expect(page.store.getState().confirmation?.title).toBe('Delete slow?'));
    page.store.getState().answer(true);
    expect(await removing).toBe(false);
    expect(errorCodes(page.store)).toEqual(['internal']);
    // Nothing is on the screen that would not be saved.
    expect(page.store.getState().footage!.name).toBe('two-dyes.mp4');
    addPoint(page.store);
    expect(await page.projects.autosave.flush()).toBe(true);
    expect(page.store.getState().project).not.toBeNull();
    storage.errors.clear();
    await page.projects.open(own);
    expect(areaOn(page.store, 3)).toBe(5);
  });

  it('in another tab is not deleted', async () => {
    const { storage, page, own, tab } = await twoProjects();
    const other = tab();
    await other.opener.open(file('clip.mp4'));
    const removing = other.useCases.remove(own);
    await vi.waitFor(() => expect(other.store.getState().confirmation).not.toBeNull());
    other.store.getState().answer(true);
    expect(await removing).toBe(false);
    expect(errorCodes(other.store)).toEqual(['project-open-elsewhere']);
    expect(storage.projects.has(own)).toBe(true);
    await left(page);
    const again = other.useCases.remove(own);
    await vi.waitFor(() => expect(other.store.getState().confirmation).not.toBeNull());
    other.store.getState().answer(true);
    expect(await again).toBe(true);
    expect(storage.projects.has(own)).toBe(false);
  });

  it('goes into a file as it is on the screen when the disk is full, and as it is stored otherwise', async () => {
    const { storage, page, own, downloads } = await twoProjects();
    await page.useCases.saveFile(false);
    expect(storage.exported).toEqual([own]);
    storage.errors.set('commit', full);
    paint(page.store, 8, 9);
    await page.useCases.saveFile(false);
    const [{ document, masks } = { document: null, masks: [] }] = storage.packed;
    expect(document?.name).toBe('slow');
    expect(masks.map(({ areaPx }) => areaPx).toSorted()).toEqual([5, 9]);
    expect(downloads).toEqual(['slow.maskflow', 'slow.maskflow']);
  });
});
