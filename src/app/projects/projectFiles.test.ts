/** Opening `.maskflow` files: they become projects of their own, or nothing of them is kept. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { areaOn, browser, errorCodes, file, full, left, worked } from '../__fixtures__/keptProjects';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a project file', () => {
  /** The file of a project with work, and a page with other work. */
  async function fileAndPage() {
    const { storage, tab } = browser();
    const before = tab();
    const id = await worked(before);
    await left(before);
    const document = (await storage.load(id))!.document as object;
    const page = tab();
    const own = await worked(page, 'slow.mp4');
    const fileOf = (change: object) =>
      new File([JSON.stringify({ ...document, ...change })], 'holiday.maskflow');
    return { storage, page, own, fileOf };
  }

  it('becomes a project of its own, which waits for its footage', async () => {
    const { storage, page, fileOf } = await fileAndPage();
    await page.useCases.openFile(fileOf({ name: 'holiday' }));
    expect(page.store.getState().projectQuestion).toMatchObject({ kind: 'needsFootage', name: 'holiday' });
    expect(storage.projects.size).toBe(3);
    await page.useCases.giveFootage(file('clip.mp4'));
    expect(page.store.getState().project?.name).toBe('holiday');
    expect(areaOn(page.store, 3)).toBe(5);
  });

  it('that speaks of more frames than there are in its range begins on those that there are', async () => {
    const { page, fileOf } = await fileAndPage();
    await page.useCases.openFile(fileOf({ range: { inFrame: 3, outFrame: 50 }, currentFrame: 70 }));
    await page.useCases.giveFootage(file('clip.mp4'));
    expect(page.store.getState()).toMatchObject({ range: { inFrame: 3, outFrame: 9 }, currentFrame: 9 });
  });

  it.each([
    ['is broken', { labels: null }, 'project-unreadable'],
    ['is none', { format: 'other' }, 'project-unreadable'],
    ['is of a later Maskflow', { version: 999 }, 'project-newer'],
  ])('that %s is refused by its name, and nothing of it is kept', async (_, change, code) => {
    const { storage, page, fileOf } = await fileAndPage();
    await page.useCases.openFile(fileOf(change));
    const [message] = page.store.getState().messages.filter(({ kind }) => kind === 'error');
    expect(message).toMatchObject({ message: { code, what: expect.stringContaining('holiday.maskflow') } });
    expect(storage.projects.size).toBe(2);
    expect(page.store.getState().footage!.name).toBe('slow.mp4');
    expect(areaOn(page.store, 3)).toBe(5);
  });

  it('for which there is no room leaves what is open', async () => {
    const { storage, page, own, fileOf } = await fileAndPage();
    storage.errors.set('importProject', full);
    await page.useCases.openFile(fileOf({}));
    expect(errorCodes(page.store)).toEqual(['storage-full']);
    expect(page.store.getState().project?.id).toBe(own);
  });
});
