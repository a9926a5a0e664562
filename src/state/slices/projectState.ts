/** What is kept of the work: which project is open, whether it is saved, and what stands in the way. */
import type { UserMessage } from '../../core/base/errors';
import type { FootageReference } from '../../core/project/footageReference';

export type SaveState =
  /** There is nothing to keep yet. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly atMs: number }
  /** `full`: the disk; `noRoom`: this window keeps nothing; `stopped`: anything else. */
  | {
      readonly kind: 'failed';
      readonly reason: 'full' | 'noRoom' | 'stopped';
      readonly message: UserMessage;
    };

/** What has to be answered before a project can be shown. */
export type ProjectQuestion =
  | { readonly kind: 'openElsewhere'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'needsFootage';
      readonly id: string;
      readonly name: string;
      readonly footage: FootageReference;
      /** Why the footage that was given does not do; null before any was. */
      readonly problem: string | null;
      /** Whether it is known where the footage lies: the browser only has to be allowed to read it. */
      readonly canReopen: boolean;
    };

/** What came back from an earlier visit, or was opened. */
export type RestoredNote = {
  /** Whether it came back by itself, or the user opened it: from the list or from a file. */
  readonly how: 'restored' | 'opened';
  readonly name: string;
  readonly prompts: number;
  readonly masks: number;
  /** Frames with at least one mask. */
  readonly frames: number;
  readonly savedAtMs: number;
  /** Masks that were damaged and left out. */
  readonly missingMasks: number;
};

export type ProjectData = {
  /** Null until something is kept. */
  project: { readonly id: string; readonly name: string } | null;
  saveState: SaveState;
  projectQuestion: ProjectQuestion | null;
  restored: RestoredNote | null;
  isProjectListOpen: boolean;
  /** Whether a newer version of the app waits for a reload. */
  isUpdateReady: boolean;
};

export type ProjectSlice = ProjectData & { setProjectData(change: Partial<ProjectData>): void };
