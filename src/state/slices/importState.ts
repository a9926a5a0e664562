/** Masks on their way in: what is being read, asked and shown before they become annotation. */
import type { ImportChange } from '../../core/import/importChanges';
import type { ReadImport } from '../../core/import/readImport';
import type { Label } from '../../core/label/label';
import type { EditNote } from './editState';

export type ImportJob =
  /** Files were dropped that could be masks or footage: the user is asked which. */
  | { readonly kind: 'asking'; readonly name: string }
  | {
      readonly kind: 'working';
      /** In the user's words: `Reading masks`. */
      readonly phase: string;
      readonly name: string;
      /** 0..1; null while unknown. */
      readonly fraction: number | null;
    }
  /** What the files hold is on show, and nothing has changed yet. */
  | { readonly kind: 'preview'; readonly read: ReadImport };

export type ImportSlice = {
  /** Null while nothing is imported. */
  importing: ImportJob | null;
  setImporting(importing: ImportJob | null): void;
  /** Puts imported masks and the labels they need in place, as one step of undo. */
  commitImport(note: EditNote, labels: readonly Label[], changes: readonly ImportChange[]): void;
};
