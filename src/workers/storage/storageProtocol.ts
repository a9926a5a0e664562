/** What may be asked of the storage worker, which alone reads and writes what the browser keeps of projects. */
import type { JobId } from '../../core/base/ids';
import type { MaskId, ProjectDocument } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';

export type ProjectId = string & { readonly __brand: 'ProjectId' };

/** Held by the tab that has a project open. */
export function projectLockName(projectId: ProjectId): string {
  return `maskflow-project-${projectId}`;
}

export type StoredMap = {
  readonly id: number;
  readonly frames: Uint32Array;
  /** Mask ids, one for each frame. */
  readonly masks: Uint32Array;
};

/** One state of a project. Its masks have been appended before. */
export type Commit = {
  readonly document: Omit<ProjectDocument, 'maskMaps'>;
  /** Maps that have not been committed before. */
  readonly newMaps: readonly StoredMap[];
  /** All maps that the document names, the new ones among them; others are forgotten. */
  readonly liveMaps: readonly number[];
  readonly maskCount: number;
  readonly annotatedFrames: number;
};

export type CommitResult = {
  /** Masks that the maps name and that are not there: nothing was committed; append them again. */
  readonly missing: readonly MaskId[];
  /** Masks that no map names any more and that were dropped to save room. */
  readonly dropped: readonly MaskId[];
  readonly savedAtMs: number;
};

export type ProjectSummary = {
  readonly id: ProjectId;
  readonly name: string;
  readonly footageName: string;
  readonly savedAtMs: number;
  readonly thumbnail: Blob | null;
  readonly maskCount: number;
  readonly annotatedFrames: number;
  /** Nothing is left of what was done on it. */
  readonly isUntouchedSample: boolean;
  readonly maskBytes: number;
  /** 0 when the footage is not kept. */
  readonly footageBytes: number;
};

export type LoadedProject = {
  /** As it was stored, with its maps: to be brought up to date and parsed. */
  readonly document: unknown;
  readonly savedAtMs: number;
};

/** A file of footage with its path inside the folder or drop it came from. */
export type FootagePart = { readonly file: File; readonly path: string };

/** A file of footage where it lies on the user's disk: it can be read anew once the browser allows it. */
export type FootageHandle = { readonly path: string; readonly handle: FileSystemFileHandle };

/** What a project file brings along. */
export type ProjectFileContents = { readonly document: unknown; readonly hasFootage: boolean };

export interface StorageService {
  /** `memory`: the browser gives no room (private windows); projects last as long as the page. */
  kind(): Promise<'disk' | 'memory'>;
  list(): Promise<ProjectSummary[]>;
  /** Writes masks behind all others; they count from the next commit on. A full disk leaves all as it was. */
  appendMasks(projectId: ProjectId, masks: readonly FrameMask[]): Promise<MaskId[]>;
  /** Makes one state of the project the one that `load` gives, or fails and leaves the one before. */
  commit(projectId: ProjectId, commit: Commit): Promise<CommitResult>;
  /** Null when there is no such project. */
  load(projectId: ProjectId): Promise<LoadedProject | null>;
  /** Null for a mask that is not there or damaged. */
  readMasks(projectId: ProjectId, ids: readonly MaskId[]): Promise<(FrameMask | null)[]>;
  setThumbnail(projectId: ProjectId, thumbnail: Blob): Promise<void>;
  rename(projectId: ProjectId, name: string): Promise<void>;
  /** A copy under another id; also of a project that another tab has open, as it was committed last. */
  duplicate(projectId: ProjectId, copyId: ProjectId, name: string): Promise<void>;
  remove(projectId: ProjectId): Promise<void>;
  /** Copies footage; false when there is too little room. Only finished copies count. */
  keepFootage(projectId: ProjectId, parts: readonly FootagePart[], jobId: JobId): Promise<boolean>;
  /** Null when no copy is kept. The files are read from the disk as they are needed. */
  footage(projectId: ProjectId): Promise<FootagePart[] | null>;
  /** Remembers where footage lies of which no copy is kept. */
  keepHandles(projectId: ProjectId, handles: readonly FootageHandle[]): Promise<void>;
  /** Null when none are kept. */
  footageHandles(projectId: ProjectId): Promise<readonly FootageHandle[] | null>;
  /** The committed project as a `.maskflow` file; with the kept copy of the footage, or with `footage`, when asked. */
  exportProject(projectId: ProjectId, footage: 'none' | 'kept' | readonly FootagePart[]): Promise<Blob>;
  /** A `.maskflow` file in memory of what is not stored; mask number n is `masks[n - 1]`. For a disk that is full. */
  packProject(
    document: ProjectDocument,
    masks: readonly FrameMask[],
    footage: readonly FootagePart[],
  ): Promise<Blob>;
  /** Looks into a `.maskflow` file without keeping anything. */
  readProjectFile(file: File): Promise<ProjectFileContents>;
  /** Makes a project of a `.maskflow` file; `document` is its document, checked and up to date. */
  importProject(file: File, projectId: ProjectId, document: ProjectDocument): Promise<void>;
  /** Lets go of a project's files, so that other tabs can have them. */
  close(projectId: ProjectId): Promise<void>;
  /** Deletes what projects left behind that were never committed or half deleted. */
  cleanUp(): Promise<void>;
  cancel(jobId: JobId): void;
}
