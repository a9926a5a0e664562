/** Which sets of masks are compared and how. References alone are annotation; the rest is a way of looking. */
import type { StateCreator } from 'zustand/vanilla';
import { PRESENT_KEY } from '../../core/compare/maskSet';
import { withReference } from '../../core/compare/referenceSet';
import type { MaskflowState } from '../maskflowState';
import type { CompareSlice, Comparison } from './compareState';

type CompareData = Pick<
  CompareSlice,
  'references' | 'comparison' | 'comparisonScores' | 'comparisonJob' | 'referenceImport' | 'resultSets'
>;

const nothingCompared: Comparison = {
  aKey: PRESENT_KEY,
  bKey: null,
  mapping: new Map(),
  view: 'normal',
  wipeShare: 0.5,
  flickerSide: 'a',
  isFlickering: true,
  objectId: null,
  measure: 'jAndF',
  areEndsLeftOut: true,
};

/** How comparing begins with every footage. */
export const freshComparison: CompareData = {
  references: [],
  comparison: nothingCompared,
  comparisonScores: new Map(),
  comparisonJob: null,
  referenceImport: null,
  resultSets: [],
};

/** What was chosen for one pair of sets means nothing for another. */
function changedComparison(before: Comparison, change: Partial<Comparison>): Comparison {
  const after = { ...before, ...change };
  const isOther = after.aKey !== before.aKey || after.bKey !== before.bKey;
  return isOther && !change.mapping ? { ...after, mapping: new Map(), objectId: null } : after;
}

export const createCompareSlice: StateCreator<MaskflowState, [], [], CompareSlice> = (set) => ({
  ...freshComparison,
  setComparison: (change) =>
    set(({ comparison, selectedPromptId }) => {
      const after = changedComparison(comparison, change);
      const isLooking = after.view !== 'normal';
      // Prompts are not on show while two sets are: Delete must not reach what cannot be seen.
      return { comparison: after, selectedPromptId: isLooking ? null : selectedPromptId };
    }),
  setCompareData: (change) => set(change),
  setResultSets: (resultSets) => set({ resultSets }),
  addReference: (reference) =>
    set(({ references, comparison }) => {
      const next = withReference(references, reference);
      const bKey = `reference ${next.at(-1)?.id}`;
      return { references: next, comparison: changedComparison(comparison, { bKey }) };
    }),
  renameReference: (id, typed) =>
    set(({ references }) => {
      const name = typed.trim();
      const isOther = references.some((reference) => reference.id === id && reference.name !== name);
      return name === '' || !isOther
        ? {}
        : {
            references: references.map((reference) =>
              reference.id === id ? { ...reference, name } : reference,
            ),
          };
    }),
  removeReference: (id) =>
    set(({ references }) => ({ references: references.filter((reference) => reference.id !== id) })),
});
