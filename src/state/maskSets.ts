/** All sets of masks that can be compared, and the two that are. */
import { labelPairs, type LabelPair } from '../core/compare/labelPairs';
import { presentSet, referenceSet, versionSet, type MaskSet } from '../core/compare/maskSet';
import { frameCount } from '../core/video/frameTable';
import type { MaskflowState } from './maskflowState';

type SetParts = Pick<
  MaskflowState,
  'footage' | 'labels' | 'tracks' | 'versions' | 'references' | 'resultSets'
>;

/** What the present masks are called. */
export const PRESENT_NAME = 'Masks now';

const partNames = ['footage', 'labels', 'tracks', 'versions', 'references', 'resultSets'] as const;

let lastSets: { readonly parts: SetParts; readonly sets: readonly MaskSet[] } | null = null;

/** The present masks first, then references, versions (newest first) and results. The same sets again for the same state. */
export function maskSetsOf(state: SetParts): readonly MaskSet[] {
  if (lastSets && partNames.every((name) => lastSets?.parts[name] === state[name])) {
    return lastSets.sets;
  }
  const { footage, labels, versions, references, resultSets } = state;
  const frames = footage ? frameCount(footage.frameTable) : 0;
  const before = lastSets?.parts;
  const known = new Map(lastSets?.sets.map((set) => [set.key, set]));
  /** A set whose parts are the same stays the same object, so that what is known of it stays known. */
  const kept = (set: MaskSet): MaskSet => {
    const old = before?.footage === footage ? known.get(set.key) : undefined;
    const isSame = old?.tracks === set.tracks && old.name === set.name && isSameList(old.labels, set.labels);
    return isSame ? old : set;
  };
  const sets = [
    presentSet(state, frames, PRESENT_NAME),
    ...references.map((reference) => referenceSet(reference, frames)),
    ...versions.toReversed().map((version) => versionSet(version, labels)),
    ...resultSets,
  ].map(kept);
  lastSets = { parts: pick(state), sets };
  return sets;
}

function pick({ footage, labels, tracks, versions, references, resultSets }: SetParts): SetParts {
  return { footage, labels, tracks, versions, references, resultSets };
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((entry, index) => entry === b[index]);
}

export type ComparedSets = {
  readonly a: MaskSet;
  readonly b: MaskSet;
  /** The labels compared, in A's order. */
  readonly pairs: readonly LabelPair[];
};

let lastCompared: (ComparedSets & { readonly mapping: unknown }) | null = null;

/** Null while fewer than two sets are chosen. The same answer again for the same sets and mapping. */
export function comparedSets(state: SetParts & Pick<MaskflowState, 'comparison'>): ComparedSets | null {
  const { aKey, bKey, mapping } = state.comparison;
  if (bKey === null) {
    return null;
  }
  const sets = maskSetsOf(state);
  const a = sets.find(({ key }) => key === aKey);
  const b = sets.find(({ key }) => key === bKey);
  if (!a || !b) {
    return null;
  }
  if (lastCompared?.a !== a || lastCompared.b !== b || lastCompared.mapping !== mapping) {
    const pairs = labelPairs(a, b, mapping);
    const before = lastCompared?.pairs;
    lastCompared = { a, b, mapping, pairs: before && isSamePairs(before, pairs) ? before : pairs };
  }
  return lastCompared;
}

function isSamePairs(before: readonly LabelPair[], after: readonly LabelPair[]): boolean {
  return (
    before.length === after.length &&
    before.every((pair, index) => pair.a === after[index]?.a && pair.b === after[index].b)
  );
}
