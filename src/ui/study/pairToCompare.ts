/** Which two sets of masks of a study are worth a look side by side. */
import { PRESENT_KEY } from '../../core/compare/maskSet';
import { bestMethods, hasAllFrames, type StudyResult, type StudyRow } from '../../core/study/studyResult';

export type PairToCompare = { readonly aKey: string; readonly bKey: string };

/**
 * The best method, else the first that drew every frame, else the first, against the reference; without a reference
 * against the next method, or against the present masks where it is the only one. Null without a method.
 */
export function pairToCompare(
  result: StudyResult,
  rows: readonly StudyRow[],
  referenceKey: string | null,
): PairToCompare | null {
  const [best] = bestMethods(result, rows);
  const chosen = best ?? rows.find((row) => hasAllFrames(result, row))?.id ?? rows[0]?.id;
  const a = result.methods.find(({ id }) => id === chosen);
  const other = result.methods.find(({ id }) => id !== chosen);
  return a ? { aKey: a.set.key, bKey: referenceKey ?? other?.set.key ?? PRESENT_KEY } : null;
}
