/** A whole project in memory, for a file when there is no room to save it in the browser. */
import type { FootageReference } from '../../core/project/footageReference';
import type { ProjectDocument } from '../../core/project/projectDocument';
import type { FrameMask } from '../../core/track/maskTrack';
import type { MaskflowState } from '../../state/maskflowState';
import type { ProjectId } from '../../workers/storage/storageProtocol';
import { snapshotOf } from './autosave';
import { ProjectSession } from './projectSession';

/** The document, and its masks: the first has number 1, and so on. */
export function storedAsDocument(
  state: MaskflowState,
  footage: FootageReference,
): [document: ProjectDocument, masks: readonly FrameMask[]] {
  const session = new ProjectSession('unsaved' as ProjectId, footage);
  const snapshot = snapshotOf(state);
  const masks = session.newMasks(snapshot);
  masks.forEach(({ key }, index) => session.appended(key, index + 1));
  const { document, newMaps } = session.commitOf(snapshot);
  const maskMaps = newMaps.map(({ id, frames, masks: ids }) => ({
    id,
    frames: [...frames],
    masks: [...ids],
  }));
  return [{ ...document, maskMaps }, masks.map(({ mask }) => mask)];
}
