/** Comparing two sets of masks: which, how they are shown, and how they score. */
import type { ObjectId } from '../../core/base/ids';
import type { FrameScores } from '../../core/compare/comparisonFrames';
import type { CompareMeasure } from '../../core/compare/comparisonTable';
import type { LabelMapping } from '../../core/compare/labelPairs';
import type { MaskSet } from '../../core/compare/maskSet';
import type { ReferenceSet } from '../../core/compare/referenceSet';
import type { ReadImport } from '../../core/import/readImport';

/** `normal`: the masks as they are worked on. All others are for looking only. */
export const compareViews = ['normal', 'sideBySide', 'wipe', 'flicker', 'difference'] as const;

export type CompareView = (typeof compareViews)[number];

export type CompareSide = 'a' | 'b';

export type Comparison = {
  /** Keys of sets; null while none was chosen. */
  readonly aKey: string;
  readonly bKey: string | null;
  readonly mapping: LabelMapping;
  readonly view: CompareView;
  /** Where the wipe's edge is: 0 is the picture's left side, 1 its right one. A lies left of it. */
  readonly wipeShare: number;
  /** Which set the flicker shows now, and whether it changes by itself. */
  readonly flickerSide: CompareSide;
  readonly isFlickering: boolean;
  /** A label of A whose differences and worst frames are shown; null for all. */
  readonly objectId: ObjectId | null;
  readonly measure: CompareMeasure;
  /** Whether the first and the last compared frame count in no mean. */
  readonly areEndsLeftOut: boolean;
};

export type ComparisonJob = { readonly framesDone: number; readonly frameCount: number };

/** A reference on its way in. */
export type ReferenceImport =
  /** `fraction` is 0..1, or null while unknown. */
  | { readonly kind: 'working'; readonly name: string; readonly fraction: number | null }
  /** What the files hold is on show, and nothing has changed yet. */
  | { readonly kind: 'preview'; readonly read: ReadImport };

export type CompareSlice = {
  /** Part of the annotation: undone, and kept with the project. */
  references: readonly ReferenceSet[];
  comparison: Comparison;
  /** By frame; what the masks were when each frame was scored is the scorer's to know. */
  comparisonScores: ReadonlyMap<number, FrameScores>;
  /** Null while nothing is being scored. */
  comparisonJob: ComparisonJob | null;
  /** Null while no reference is on its way in. */
  referenceImport: ReferenceImport | null;
  /** Sets of masks that engines made and that are kept for this visit only. */
  resultSets: readonly MaskSet[];
  setComparison(change: Partial<Comparison>): void;
  setCompareData(
    change: Partial<Pick<CompareSlice, 'comparisonScores' | 'comparisonJob' | 'referenceImport'>>,
  ): void;
  setResultSets(sets: readonly MaskSet[]): void;
  /** As one step of undo; it becomes what the present masks are compared with. */
  addReference(reference: Omit<ReferenceSet, 'id'>): void;
  /** As one step of undo; an empty name changes nothing. */
  renameReference(id: number, name: string): void;
  /** As one step of undo. */
  removeReference(id: number): void;
};
