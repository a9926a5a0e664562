/** Pages of one browser that keeps projects in memory, for tests of what becomes of them. */
import { vi } from 'vitest';
import { UserFacingError } from '../../core/base/errors';
import type { FootageInfo } from '../../core/video/footageInfo';
import { createMaskflowStore, type MaskflowStore } from '../../state/store';
import { projectLockName, type ProjectId } from '../../workers/storage/storageProtocol';
import { FootageOpener } from '../openFootage';
import { Projects } from '../projects/projects';
import { ProjectUseCases } from '../projects/projectUseCases';
import type { Services } from '../services';
import { addPoint, footage, maskOf, one } from './appFixtures';
import { MemoryStorage } from './memoryStorage';

/** Locks of one browser, held by name until they are let go. */
class Locks {
  readonly held = new Map<string, Promise<unknown>>();

  async request(name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>): Promise<void> {
    const given = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new DOMException('too late', 'AbortError'))),
    );
    for (let holder = this.held.get(name); holder; holder = this.held.get(name)) {
      await Promise.race([holder, given]);
    }
    const holding = work();
    this.held.set(name, holding);
    await holding;
    this.held.delete(name);
  }

  holds(id: string): boolean {
    return this.held.has(projectLockName(id as ProjectId));
  }
}

export function file(name: string) {
  return [{ file: new File(['x'], name), path: name }];
}

/** One browser; each `tab` is a page of it. Footage is what its name says: `clip.mp4`, or another size or length. */
export function browser() {
  const locks = new Locks();
  const storage = new MemoryStorage();
  const downloads: string[] = [];
  vi.stubGlobal('navigator', { locks });
  vi.stubGlobal('document', {
    baseURI: 'https://app.test/',
    createElement: () => ({
      set download(name: string) {
        downloads.push(name);
      },
      click: () => undefined,
    }),
  });
  vi.stubGlobal('fetch', async () => new Response('x'));
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
  const kinds: Record<string, Partial<FootageInfo>> = {
    'wide.mp4': { width: 16 },
    'slow.mp4': {
      frameTable: { timestampsSec: Float64Array.from({ length: 10 }, (_, i) => i), lastDurationSec: 1 },
    },
  };
  const tab = () => {
    const store = createMaskflowStore();
    const services = {
      storage,
      footage: {
        onLost: () => undefined,
        open: async ([first]: ReturnType<typeof file>) =>
          footage({ name: first!.file.name, ...kinds[first!.file.name] }),
        close: async () => undefined,
        getBitmap: () => Promise.reject(new Error('no pictures here')),
      },
      segment: { setFootage: () => undefined },
    } as unknown as Services;
    const opener = new FootageOpener(store, services);
    const projects = new Projects(store, services, opener);
    const useCases = new ProjectUseCases(store, services.storage, { projects, opener });
    return { store, opener, projects, useCases };
  };
  return { locks, storage, downloads, tab };
}

export function paint(store: MaskflowStore, frameIndex: number, areaPx: number): void {
  const mask = { ...maskOf(areaPx), isAccepted: true, edit: 'painted' } as const;
  const note = { name: 'Brush', objectIds: [one], fromFrame: frameIndex, toFrame: frameIndex };
  store.getState().commitEdit(note, [{ frameIndex, masks: [[one, mask]] }]);
}

export function areaOn(store: MaskflowStore, frameIndex: number): number | undefined {
  return store.getState().tracks.get(one)?.prompted.get(frameIndex)?.areaPx;
}

export function errorCodes(store: MaskflowStore): string[] {
  return store.getState().messages.flatMap((entry) => (entry.kind === 'error' ? [entry.message.code] : []));
}

type Tab = ReturnType<ReturnType<typeof browser>['tab']>;

/** A page with a project of one point and one mask, saved. */
export async function worked(page: Tab, name = 'clip.mp4') {
  await page.opener.open(file(name));
  addPoint(page.store, 2);
  paint(page.store, 3, 5);
  await page.projects.autosave.flush();
  return page.projects.current!.id;
}

/** As when the page goes: its locks end with it. */
export async function left(page: Tab): Promise<void> {
  await page.projects.autosave.flush();
  await page.projects.abandon();
}

export const full = new UserFacingError({ code: 'storage-full', what: 'full', safe: 's', todo: 't' });
