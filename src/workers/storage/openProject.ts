/** One project while its files are in use: its mask file, the maps that count, and the room that is wasted. */
import type { MaskId } from '../../core/project/projectDocument';
import { MaskStore } from './maskStore';
import type { ProjectRow, ProjectRows } from './projectRows';
import type { Commit, CommitResult, ProjectId, StoredMap } from './storageProtocol';
import type { FileStore } from './storedFile';

/** A mask file smaller than this is left alone, however much of it is garbage. */
export const MIN_COMPACTED_BYTES = 32 * 1024 * 1024;

/** Records are copied in pieces of about this size. */
const COPY_BYTES = 4 * 1024 * 1024;

const FIRST_MASK_FILE = 'masks-1';

export function isMaskFile(name: string): boolean {
  return /^masks-\d+$/.test(name);
}

export class OpenProject {
  readonly #id: ProjectId;
  readonly #files: FileStore;
  readonly #rows: ProjectRows;
  readonly #minCompactedBytes: number;
  #masks: MaskStore;
  #maskFile: string;
  /** The masks of each map that is committed. */
  readonly #maps: Map<number, Uint32Array>;
  /** Size from which it is worth counting what is garbage. */
  #countAtBytes: number;

  private constructor(
    parts: { id: ProjectId; files: FileStore; rows: ProjectRows; minCompactedBytes: number },
    masks: MaskStore,
    maskFile: string,
    maps: readonly StoredMap[],
  ) {
    this.#id = parts.id;
    this.#files = parts.files;
    this.#rows = parts.rows;
    this.#minCompactedBytes = parts.minCompactedBytes;
    this.#countAtBytes = parts.minCompactedBytes;
    this.#masks = masks;
    this.#maskFile = maskFile;
    this.#maps = new Map(maps.map((map) => [map.id, map.masks]));
  }

  static async open(
    id: ProjectId,
    files: FileStore,
    rows: ProjectRows,
    minCompactedBytes = MIN_COMPACTED_BYTES,
  ): Promise<OpenProject> {
    const row = await rows.get(id);
    const maskFile = row?.maskFile ?? FIRST_MASK_FILE;
    const masks = new MaskStore(await files.open(id, maskFile));
    for (const name of await files.names(id)) {
      if (isMaskFile(name) && name !== maskFile) {
        await files.removeFile(id, name);
      }
    }
    return new OpenProject({ id, files, rows, minCompactedBytes }, masks, maskFile, await rows.maps(id));
  }

  get masks(): MaskStore {
    return this.#masks;
  }

  /** Masks first, then the rows that name them: what ends in between leaves the state before. */
  async commit(commit: Commit, nowMs: number): Promise<CommitResult> {
    const { document, newMaps, liveMaps, maskCount, annotatedFrames } = commit;
    const missing = this.#missing(commit);
    if (missing.length > 0) {
      return { missing, dropped: [], savedAtMs: nowMs };
    }
    this.#masks.flush();
    const old = await this.#rows.get(this.#id);
    const row: ProjectRow = {
      id: this.#id,
      name: document.name,
      savedAtMs: nowMs,
      document,
      maskFile: this.#maskFile,
      footage: old?.footage ?? null,
      footageHandles: old?.footageHandles ?? null,
      thumbnail: old?.thumbnail ?? null,
      maskCount,
      annotatedFrames,
    };
    await this.#rows.commit(row, newMaps, liveMaps);
    const live = new Set(liveMaps);
    newMaps.forEach((map) => this.#maps.set(map.id, map.masks));
    for (const mapId of this.#maps.keys()) {
      if (!live.has(mapId)) {
        this.#maps.delete(mapId);
      }
    }
    const dropped = await this.#compactIfWasteful(document.prompts);
    return { missing: [], dropped, savedAtMs: nowMs };
  }

  close(): void {
    this.#masks.close();
  }

  #missing({ newMaps, document }: Commit): MaskId[] {
    const named = new Set(newMaps.flatMap((map) => [...map.masks]));
    document.prompts.forEach((prompt) => prompt.kind === 'mask' && named.add(prompt.mask));
    return [...named].filter((id) => !this.#masks.has(id));
  }

  /** Writes the masks that count into a new file once half of the old one is garbage; returns what was left out. */
  async #compactIfWasteful(prompts: Commit['document']['prompts']): Promise<MaskId[]> {
    if (this.#masks.sizeBytes < this.#countAtBytes) {
      return [];
    }
    const live = new Set([...this.#maps.values()].flatMap((masks) => [...masks]));
    prompts.forEach((prompt) => prompt.kind === 'mask' && live.add(prompt.mask));
    const liveBytes = this.#masks.bytesOf(live);
    this.#countAtBytes = Math.max(this.#minCompactedBytes, liveBytes * 2);
    if (this.#masks.sizeBytes < this.#countAtBytes) {
      return [];
    }
    const dropped = this.#masks.ids().filter((id) => !live.has(id));
    try {
      await this.#compact(live);
      return dropped;
    } catch {
      // No room for a second copy: the old file goes on being used.
      return [];
    }
  }

  async #compact(live: ReadonlySet<MaskId>): Promise<void> {
    const number = Number(this.#maskFile.replace(/\D/g, '')) + 1;
    const name = `masks-${number}`;
    let compacted: MaskStore | null = null;
    try {
      compacted = new MaskStore(await this.#files.open(this.#id, name));
      copyMasks(this.#masks, compacted, [...live]);
      compacted.reserveIds(this.#masks.nextId);
      compacted.flush();
      await this.#rows.change(this.#id, { maskFile: name });
    } catch (error) {
      compacted?.close();
      await this.#files.removeFile(this.#id, name);
      throw error;
    }
    const [oldMasks, oldFile] = [this.#masks, this.#maskFile];
    this.#masks = compacted;
    this.#maskFile = name;
    oldMasks.close();
    await this.#files.removeFile(this.#id, oldFile);
  }
}

/** Copies the records of these masks, as many at a time as memory takes easily; damaged ones stay behind. */
export function copyMasks(from: MaskStore, to: MaskStore, ids: readonly MaskId[]): void {
  let batch: { id: MaskId; record: Uint8Array }[] = [];
  let bytes = 0;
  for (const id of ids) {
    const record = from.readRecord(id);
    if (record) {
      batch.push({ id, record });
      bytes += record.length;
    }
    if (bytes >= COPY_BYTES) {
      to.appendRecords(batch);
      batch = [];
      bytes = 0;
    }
  }
  to.appendRecords(batch);
}
