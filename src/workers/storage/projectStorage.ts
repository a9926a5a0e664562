/** All projects that the browser keeps: rows in the database, masks and footage in files. */
import { countedMasks } from '../../core/project/countedMasks';
import { unreadableProject } from '../../core/project/migrations';
import type { MaskId, ProjectDocument } from '../../core/project/projectDocument';
import { isUntouchedSample } from '../../core/project/untouchedSample';
import type { FrameMask } from '../../core/track/maskTrack';
import { copyFootage, FOOTAGE_FILE, hasRoomFor, keptFootage } from './footageCopy';
import { OpenProject } from './openProject';
import {
  footageContents,
  footageEntry,
  fullDocument,
  MASKS_ENTRY,
  projectEntries,
  type ReadableZip,
  type WrittenEntry,
} from './projectFile';
import type { KeptPart, ProjectRow, ProjectRows } from './projectRows';
import { SerialQueue } from './serialQueue';
import type {
  Commit,
  CommitResult,
  FootageHandle,
  FootagePart,
  LoadedProject,
  ProjectId,
  ProjectSummary,
  StoredMap,
} from './storageProtocol';
import type { FileStore } from './storedFile';

const COPY_BYTES = 4 * 1024 * 1024;

export class ProjectStorage {
  readonly #files: FileStore;
  readonly #rows: ProjectRows;
  readonly #now: () => number;
  readonly #minCompactedBytes: number | undefined;
  readonly #open = new Map<ProjectId, OpenProject>();
  /** Whatever touches a mask file waits its turn. */
  readonly #queue = new SerialQueue();

  constructor(
    files: FileStore,
    rows: ProjectRows,
    options: { now?: () => number; minCompactedBytes?: number } = {},
  ) {
    this.#files = files;
    this.#rows = rows;
    this.#now = options.now ?? Date.now;
    this.#minCompactedBytes = options.minCompactedBytes;
  }

  get kind(): FileStore['kind'] {
    return this.#files.kind;
  }

  async list(): Promise<ProjectSummary[]> {
    const rows = await this.#rows.all();
    const summaries = await Promise.all(rows.map((row) => this.#summary(row)));
    return summaries.toSorted((a, b) => b.savedAtMs - a.savedAtMs);
  }

  appendMasks(projectId: ProjectId, masks: readonly FrameMask[]): Promise<MaskId[]> {
    return this.#queue.run(async () => (await this.#opened(projectId)).masks.append(masks));
  }

  commit(projectId: ProjectId, commit: Commit): Promise<CommitResult> {
    return this.#queue.run(async () => (await this.#opened(projectId)).commit(commit, this.#now()));
  }

  async load(projectId: ProjectId): Promise<LoadedProject | null> {
    const row = await this.#rows.get(projectId);
    return row
      ? { document: fullDocument(row, await this.#rows.maps(projectId)), savedAtMs: row.savedAtMs }
      : null;
  }

  readMasks(projectId: ProjectId, ids: readonly MaskId[]): Promise<(FrameMask | null)[]> {
    return this.#queue.run(async () => {
      const { masks } = await this.#opened(projectId);
      return ids.map((id) => masks.read(id));
    });
  }

  setThumbnail(projectId: ProjectId, thumbnail: Blob): Promise<void> {
    return this.#rows.change(projectId, { thumbnail });
  }

  rename(projectId: ProjectId, name: string): Promise<void> {
    return this.#queue.run(() => this.#rows.change(projectId, { name }));
  }

  duplicate(projectId: ProjectId, copyId: ProjectId, name: string): Promise<void> {
    return this.#queue.run(async () => {
      const row = await this.#rows.get(projectId);
      if (!row) {
        throw unreadableProject(name, 'the original is gone');
      }
      const maps = await this.#rows.maps(projectId);
      try {
        await this.#copyFile(projectId, copyId, row.maskFile);
        if (row.footage) {
          await this.#copyFile(projectId, copyId, FOOTAGE_FILE);
        }
        const copy = { ...row, id: copyId, name, savedAtMs: this.#now() };
        await this.#rows.commit(
          copy,
          maps,
          maps.map(({ id }) => id),
        );
      } catch (error) {
        await this.#files.removeFolder(copyId);
        throw error;
      }
    });
  }

  remove(projectId: ProjectId): Promise<void> {
    return this.#queue.run(async () => {
      this.#close(projectId);
      // The row first: what ends in between leaves files that belong to nothing, never a project without files.
      await this.#rows.remove(projectId);
      await this.#files.removeFolder(projectId);
    });
  }

  async keepFootage(
    projectId: ProjectId,
    parts: readonly FootagePart[],
    signal: AbortSignal,
  ): Promise<boolean> {
    const sizeBytes = parts.reduce((sum, { file }) => sum + file.size, 0);
    if (this.#files.kind === 'memory' || !(await hasRoomFor(sizeBytes))) {
      return false;
    }
    const footage = await copyFootage(this.#files, projectId, parts, signal);
    await this.#rows.change(projectId, { footage });
    return true;
  }

  async footage(projectId: ProjectId): Promise<FootagePart[] | null> {
    const row = await this.#rows.get(projectId);
    return row?.footage ? await keptFootage(this.#files, projectId, row.footage) : null;
  }

  keepHandles(projectId: ProjectId, footageHandles: readonly FootageHandle[]): Promise<void> {
    return this.#queue.run(() => this.#rows.change(projectId, { footageHandles }));
  }

  async footageHandles(projectId: ProjectId): Promise<readonly FootageHandle[] | null> {
    return (await this.#rows.get(projectId))?.footageHandles ?? null;
  }

  /** Hands the entries of the project's file to `write`; other work on masks waits until they are written. */
  exportProject(
    projectId: ProjectId,
    footage: 'none' | 'kept' | readonly FootagePart[],
    write: (entries: AsyncIterable<WrittenEntry>, name: string) => Promise<Blob>,
  ): Promise<Blob> {
    return this.#queue.run(async () => {
      const row = await this.#rows.get(projectId);
      if (!row) {
        throw unreadableProject('The project', 'it has not been saved yet');
      }
      const document = fullDocument(row, await this.#rows.maps(projectId));
      const parts = footage === 'kept' ? await this.footage(projectId) : footage === 'none' ? null : footage;
      const { masks } = await this.#opened(projectId);
      return await write(projectEntries(document, masks, parts), `${row.name}.maskflow`);
    });
  }

  /** The same for a project that is stored nowhere; mask number n is `masks[n - 1]`. */
  async packProject(
    document: ProjectDocument,
    masks: readonly FrameMask[],
    footage: readonly FootagePart[],
    write: (entries: AsyncIterable<WrittenEntry>) => Promise<Blob>,
  ): Promise<Blob> {
    const projectId = 'packed' as ProjectId;
    await this.appendMasks(projectId, masks);
    const parts = footage.length > 0 ? footage : null;
    return await write(projectEntries(document, (await this.#opened(projectId)).masks, parts));
  }

  importProject(
    zip: ReadableZip,
    name: string,
    projectId: ProjectId,
    document: ProjectDocument,
  ): Promise<void> {
    return this.#queue.run(async () => {
      try {
        await this.#writeEntry(zip, MASKS_ENTRY, projectId, 'masks-1');
        const footage = await this.#importFootage(zip, name, projectId);
        await this.#commitImported(projectId, document, footage);
      } catch (error) {
        await this.#files.removeFolder(projectId);
        throw error;
      }
    });
  }

  close(projectId: ProjectId): Promise<void> {
    return this.#queue.run(async () => this.#close(projectId));
  }

  /** `isInUse` says whether some tab has the project open. */
  async cleanUp(isInUse: (projectId: ProjectId) => Promise<boolean>): Promise<void> {
    const rows = await this.#rows.all();
    for (const row of rows) {
      if (isUntouchedSample(row.document, row) && !(await isInUse(row.id))) {
        await this.remove(row.id);
      }
    }
    const known = new Set<string>(rows.map((row) => row.id));
    for (const folder of await this.#files.folders()) {
      if (!known.has(folder) && !(await isInUse(folder as ProjectId))) {
        await this.#files.removeFolder(folder).catch(() => undefined);
      }
    }
  }

  async #opened(projectId: ProjectId): Promise<OpenProject> {
    const found = this.#open.get(projectId);
    if (found) {
      return found;
    }
    const opened = await OpenProject.open(projectId, this.#files, this.#rows, this.#minCompactedBytes);
    this.#open.set(projectId, opened);
    return opened;
  }

  #close(projectId: ProjectId): void {
    this.#open.get(projectId)?.close();
    this.#open.delete(projectId);
  }

  async #summary(row: ProjectRow): Promise<ProjectSummary> {
    const { id, name, savedAtMs, thumbnail, maskCount, annotatedFrames, footage, document } = row;
    const masks = await this.#files.snapshot(id, row.maskFile);
    return {
      id,
      name,
      footageName: document.footage.name,
      savedAtMs,
      thumbnail,
      maskCount,
      annotatedFrames,
      isUntouchedSample: isUntouchedSample(document, row),
      maskBytes: masks?.size ?? 0,
      footageBytes: (footage ?? []).reduce((sum, part) => sum + part.sizeBytes, 0),
    };
  }

  /** From a snapshot, so that a file that another tab has locked can be copied, too. */
  async #copyFile(from: ProjectId, to: ProjectId, name: string): Promise<void> {
    const source = await this.#files.snapshot(from, name);
    const target = await this.#files.open(to, name);
    try {
      for (let at = 0; source && at < source.size; at += COPY_BYTES) {
        target.write(at, new Uint8Array(await source.slice(at, at + COPY_BYTES).arrayBuffer()));
      }
      target.flush();
    } finally {
      target.close();
    }
  }

  async #writeEntry(zip: ReadableZip, entry: string, projectId: ProjectId, fileName: string): Promise<void> {
    const target = await this.#files.open(projectId, fileName);
    let at = target.size();
    try {
      await zip.read(entry, (bytes) => {
        target.write(at, bytes);
        at += bytes.length;
      });
      target.flush();
    } finally {
      target.close();
    }
  }

  async #importFootage(zip: ReadableZip, name: string, projectId: ProjectId): Promise<KeptPart[] | null> {
    const contents = await footageContents(zip, name);
    for (const [index, { path }] of (contents ?? []).entries()) {
      await this.#writeEntry(zip, footageEntry(index, path), projectId, FOOTAGE_FILE);
    }
    return contents;
  }

  async #commitImported(
    projectId: ProjectId,
    { maskMaps, ...document }: ProjectDocument,
    footage: KeptPart[] | null,
  ): Promise<void> {
    const maps: StoredMap[] = maskMaps.map(({ id, frames, masks }) => ({
      id,
      frames: Uint32Array.from(frames),
      masks: Uint32Array.from(masks),
    }));
    const framesOf = new Map(maskMaps.map(({ id, frames }) => [id, frames]));
    const tracks = document.tracks.map(({ prompted, propagated }) => ({
      prompted: framesOf.get(prompted) ?? [],
      propagated: framesOf.get(propagated) ?? [],
    }));
    const row: ProjectRow = {
      id: projectId,
      name: document.name,
      savedAtMs: this.#now(),
      document,
      maskFile: 'masks-1',
      footage,
      thumbnail: null,
      ...countedMasks(tracks),
    };
    await this.#rows.commit(
      row,
      maps,
      maps.map(({ id }) => id),
    );
  }
}
