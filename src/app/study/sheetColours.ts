/** In which colours the labels of a set are printed beside the masks of the project's labels. */
import type { ObjectId } from '../../core/base/ids';
import { labelPairs } from '../../core/compare/labelPairs';
import type { MaskSet } from '../../core/compare/maskSet';
import type { Label } from '../../core/label/label';

/**
 * The colours of the set's labels by their ids. A reference has ids of its own, so its labels take the colour of the
 * label of `own` (a set with the project's labels) that they are compared with, and their own where there is none.
 */
export function sheetColours(
  set: MaskSet,
  labels: readonly Label[],
  own: MaskSet | null,
): ReadonlyMap<ObjectId, string> {
  const pairs = set.kind === 'reference' && own ? labelPairs(own, set) : [];
  return new Map(
    set.labels.map(({ objectId, colour }) => {
      const counterpart = set.kind === 'reference' ? pairs.find(({ b }) => b === objectId)?.a : objectId;
      return [objectId, labels.find((label) => label.objectId === counterpart)?.colour ?? colour] as const;
    }),
  );
}
