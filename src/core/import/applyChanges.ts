/** Puts many annotated masks in place at once. */
import type { ObjectId } from '../base/ids';
import { emptyTrack, type FrameMask, type Tracks } from '../track/maskTrack';
import type { ImportChange } from './importChanges';

/** As withFrameMasks for each change, but with one copy of each track for all of them. */
export function withImported(tracks: Tracks, changes: readonly ImportChange[]): Tracks {
  const frames = new Map<ObjectId, Map<number, FrameMask>>();
  for (const { frameIndex, masks } of changes) {
    for (const [objectId, mask] of masks) {
      const prompted = frames.get(objectId) ?? new Map(tracks.get(objectId)?.prompted);
      frames.set(objectId, prompted.set(frameIndex, mask));
    }
  }
  const next = new Map(tracks);
  for (const [objectId, prompted] of frames) {
    next.set(objectId, { ...(tracks.get(objectId) ?? emptyTrack(objectId)), prompted });
  }
  return next;
}
