/** What is told when drawing a frame's prompts took the place of masks whose prompts nobody touched. */
import type { ObjectId } from '../core/base/ids';
import { listed } from '../core/base/listed';
import { promptingModelAt } from '../core/provenance/promptingModelAt';
import type { FrameMask } from '../core/track/maskTrack';
import type { MaskflowState } from '../state/maskflowState';
import { handMade } from './promptedMasks';

type Redrawing = {
  /** When the model was asked, and when it had answered. */
  readonly before: MaskflowState;
  readonly after: MaskflowState;
  readonly frameIndex: number;
  /** Labels whose own prompts have changed. */
  readonly own: ReadonlySet<ObjectId>;
};

/** Sentences for the user, none in most cases; null in `changes` takes a mask away. */
export function redrawNotices(
  redrawing: Redrawing,
  changes: readonly (readonly [ObjectId, FrameMask | null])[],
): string[] {
  const { after, frameIndex } = redrawing;
  const drawn = changes.flatMap(([objectId, mask]) => (mask ? [objectId] : []));
  const overHandMade = drawn.filter((objectId) => handMade(after.tracks, objectId, frameIndex));
  return [
    ...(overHandMade.length > 0
      ? [
          `SAM drew ${namesOf(after, overHandMade)} on frame ${frameIndex} from its prompts, in the place of the mask made by hand. Undo brings that one back.`,
        ]
      : []),
    ...otherModelNotice(redrawing, drawn),
  ];
}

/** Labels compete for pixels, so all of a frame are drawn together, by the model that is chosen now. */
function otherModelNotice(
  { before, after, frameIndex, own }: Redrawing,
  drawn: readonly ObjectId[],
): string[] {
  const { provenance, engine, tracks } = before;
  const earlier = promptingModelAt(provenance, provenance.entries, frameIndex);
  const model = engine.kind === 'ready' ? engine.info.modelName : null;
  const others = drawn.filter(
    (objectId) => !own.has(objectId) && tracks.get(objectId)?.prompted.has(frameIndex),
  );
  return earlier && model && earlier !== model && others.length > 0
    ? [
        `${model} drew frame ${frameIndex} anew, also ${namesOf(after, others)}, which ${earlier} had drawn before. Undo brings that back.`,
      ]
    : [];
}

function namesOf({ labels }: MaskflowState, objectIds: readonly ObjectId[]): string {
  return listed(objectIds.map((id) => labels.find(({ objectId }) => objectId === id)?.name ?? 'a label'));
}
