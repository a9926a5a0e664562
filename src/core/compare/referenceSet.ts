/** Masks that were imported to be compared with: they are kept with the project, and never enter its tracks. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import type { Tracks } from '../track/maskTrack';

/** A label of a reference, and the label of the project that it is said to be. */
export type LabelMatch = { readonly own: ObjectId; readonly project: ObjectId };

export type ReferenceSet = {
  /** Unique among the references of a project. */
  readonly id: number;
  /** File, folder or ZIP it came from. */
  readonly name: string;
  /** Its own labels: their ids mean nothing in the project. */
  readonly labels: readonly Label[];
  /** Prompted masks alone, with an empty one for each label that a picture does not show. */
  readonly tracks: Tracks;
  /** As confirmed at the import. What is not in it, or whose label of the project is gone, is matched by overlap. */
  readonly matches?: readonly LabelMatch[];
};

/** The references with one more. */
export function withReference(
  references: readonly ReferenceSet[],
  added: Omit<ReferenceSet, 'id'>,
): readonly ReferenceSet[] {
  const id = references.reduce((highest, reference) => Math.max(highest, reference.id), 0) + 1;
  return [...references, { ...added, id }];
}
