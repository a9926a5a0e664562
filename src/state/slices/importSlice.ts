/** Masks on their way in, and the one change that makes them annotation. */
import type { StateCreator } from 'zustand/vanilla';
import { withImported } from '../../core/import/applyChanges';
import type { MaskflowState } from '../maskflowState';
import type { ImportSlice } from './importState';

export const createImportSlice: StateCreator<MaskflowState, [], [], ImportSlice> = (set) => ({
  importing: null,
  setImporting: (importing) => set({ importing }),
  commitImport: (note, labels, changes) =>
    set(({ tracks, labels: before, lastObjectId }) => ({
      // The same list again, where no label changed, is no change of labels.
      labels: isSameList(before, labels) ? before : labels,
      lastObjectId: labels.reduce<number>(
        (highest, { objectId }) => Math.max(highest, objectId),
        lastObjectId,
      ),
      tracks: withImported(tracks, changes),
      lastEdit: { ...note },
    })),
});

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}
