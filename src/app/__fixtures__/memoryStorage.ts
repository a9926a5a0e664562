/** The storage worker's service in memory, for tests of what is done with projects: it can fail, and be slow. */
import type { MaskId, ProjectDocument } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import type {
  Commit,
  CommitResult,
  FootageHandle,
  FootagePart,
  LoadedProject,
  ProjectFileContents,
  ProjectId,
  ProjectSummary,
  StoredMap,
} from '../../workers/storage/storageProtocol';
import type { StorageService } from '../services';

type Kept = {
  readonly commit: Commit;
  readonly maps: ReadonlyMap<number, StoredMap>;
  readonly savedAtMs: number;
  footage: readonly FootagePart[] | null;
};

type Call = 'appendMasks' | 'commit' | 'load' | 'readMasks' | 'remove' | 'importProject';

export class MemoryStorage implements Omit<StorageService, 'rename' | 'duplicate'> {
  readonly projects = new Map<ProjectId, Kept>();
  readonly masks = new Map<MaskId, FrameMask>();
  /** What was packed into a file without being stored. */
  readonly packed: { document: ProjectDocument; masks: readonly FrameMask[] }[] = [];
  readonly exported: ProjectId[] = [];
  /** Calls that reject. */
  readonly errors = new Map<Call, Error>();
  /** Calls that wait until the promise is settled. */
  readonly waits = new Map<Call, Promise<void>>();
  #lastMask = 0;

  async kind(): Promise<'disk'> {
    return 'disk';
  }

  async list(): Promise<ProjectSummary[]> {
    return [...this.projects].map(([id, { commit, footage, savedAtMs }]) => ({
      id,
      name: commit.document.name,
      footageName: commit.document.footage.name,
      savedAtMs,
      thumbnail: null,
      maskCount: commit.maskCount,
      annotatedFrames: commit.annotatedFrames,
      isUntouchedSample: false,
      maskBytes: 1,
      footageBytes: footage ? 1 : 0,
    }));
  }

  async appendMasks(_id: ProjectId, masks: readonly FrameMask[]): Promise<MaskId[]> {
    await this.#come('appendMasks');
    return masks.map((mask) => {
      this.#lastMask += 1;
      this.masks.set(this.#lastMask, mask);
      return this.#lastMask;
    });
  }

  async commit(id: ProjectId, commit: Commit): Promise<CommitResult> {
    await this.#come('commit');
    const before = this.projects.get(id);
    const known = new Map(before?.maps);
    commit.newMaps.forEach((map) => known.set(map.id, map));
    const maps = new Map(commit.liveMaps.map((live) => [live, known.get(live)!] as const));
    const savedAtMs = (before?.savedAtMs ?? 0) + 1;
    this.projects.set(id, { commit, maps, savedAtMs, footage: before?.footage ?? null });
    return { missing: [], dropped: [], savedAtMs };
  }

  async load(id: ProjectId): Promise<LoadedProject | null> {
    await this.#come('load');
    const found = this.projects.get(id);
    return found ? { document: documentOf(found), savedAtMs: found.savedAtMs } : null;
  }

  async readMasks(_id: ProjectId, ids: readonly MaskId[]): Promise<(FrameMask | null)[]> {
    await this.#come('readMasks');
    return ids.map((maskId) => this.masks.get(maskId) ?? null);
  }

  async remove(id: ProjectId): Promise<void> {
    await this.#come('remove');
    this.projects.delete(id);
  }

  async footage(id: ProjectId): Promise<FootagePart[] | null> {
    const kept = this.projects.get(id)?.footage;
    return kept ? [...kept] : null;
  }

  async keepFootage(id: ProjectId, parts: readonly FootagePart[]): Promise<boolean> {
    this.projects.get(id)!.footage = parts;
    return true;
  }

  async footageHandles(): Promise<readonly FootageHandle[] | null> {
    return null;
  }

  async packProject(document: ProjectDocument, masks: readonly FrameMask[]): Promise<Blob> {
    this.packed.push({ document, masks });
    return new Blob(['packed']);
  }

  async exportProject(id: ProjectId): Promise<Blob> {
    this.exported.push(id);
    return new Blob(['exported']);
  }

  /** A `.maskflow` file of these tests is the JSON of its document. */
  async readProjectFile(file: File): Promise<ProjectFileContents> {
    return { document: JSON.parse(await file.text()), hasFootage: false };
  }

  async importProject(_file: File, id: ProjectId, { maskMaps, ...document }: ProjectDocument): Promise<void> {
    await this.#come('importProject');
    const maps = maskMaps.map((map) => ({
      id: map.id,
      frames: Uint32Array.from(map.frames),
      masks: Uint32Array.from(map.masks),
    }));
    const liveMaps = maps.map((map) => map.id);
    await this.commit(id, { document, newMaps: maps, liveMaps, maskCount: 0, annotatedFrames: 0 });
  }

  async keepHandles(): Promise<void> {
    // Files of these tests come without handles.
  }

  async setThumbnail(): Promise<void> {
    // Nobody looks at it.
  }

  async close(): Promise<void> {
    // Nothing is held open.
  }

  async cleanUp(): Promise<void> {
    // Nothing is left behind.
  }

  async #come(call: Call): Promise<void> {
    await this.waits.get(call);
    const error = this.errors.get(call);
    if (error) {
      throw error;
    }
  }
}

/** As JSON keeps it. */
function documentOf({ commit, maps }: Kept): unknown {
  const maskMaps = [...maps.values()].map(({ id, frames, masks }) => ({
    id,
    frames: [...frames],
    masks: [...masks],
  }));
  return JSON.parse(JSON.stringify({ ...commit.document, maskMaps }));
}
