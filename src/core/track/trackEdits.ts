/** Pure edits of mask tracks: each returns new tracks and leaves the old ones as they were. */
import type { ObjectId } from '../base/ids';
import { isSameCleanup, withCleanup, type CleanupRange } from './cleanupRules';
import { emptyTrack, type FrameMask, type MaskSource, type Tracks } from './maskTrack';
import { isSameRanges, withThreshold, type ThresholdRange } from './thresholdRanges';

/** Sets (or with null removes) masks of one source on one frame, for several labels at once. */
export function withFrameMasks(
  tracks: Tracks,
  source: MaskSource,
  frameIndex: number,
  masks: Iterable<readonly [ObjectId, FrameMask | null]>,
): Tracks {
  const next = new Map(tracks);
  for (const [objectId, mask] of masks) {
    const track = next.get(objectId) ?? emptyTrack(objectId);
    const frames = new Map(track[source]);
    if (mask) {
      frames.set(frameIndex, mask);
    } else {
      frames.delete(frameIndex);
    }
    next.set(objectId, { ...track, [source]: frames });
  }
  return next;
}

/** Removes a label's whole track. */
export function withoutTrack(tracks: Tracks, objectId: ObjectId): Tracks {
  const next = new Map(tracks);
  next.delete(objectId);
  return next;
}

/** Removes the propagated masks of a range (both ends included) for all labels; prompted masks stay. */
export function withoutPropagated(tracks: Tracks, fromFrame: number, toFrame: number): Tracks {
  const next = new Map(tracks);
  for (const [objectId, track] of tracks) {
    const kept = [...track.propagated].filter(([frame]) => frame < fromFrame || frame > toFrame);
    if (kept.length !== track.propagated.size) {
      next.set(objectId, { ...track, propagated: new Map(kept) });
    }
  }
  return next;
}

/** Cuts a label's masks on a range of frames at another probability; 0.5 makes them as they were drawn. */
export function withTrackThreshold(tracks: Tracks, objectId: ObjectId, change: ThresholdRange): Tracks {
  const track = tracks.get(objectId) ?? emptyTrack(objectId);
  const before = track.thresholds ?? [];
  const thresholds = withThreshold(before, change);
  return isSameRanges(before, thresholds) ? tracks : new Map(tracks).set(objectId, { ...track, thresholds });
}

/** Cleans a label's masks on a range of frames by another rule; noCleanup leaves them as they are. */
export function withTrackCleanup(tracks: Tracks, objectId: ObjectId, change: CleanupRange): Tracks {
  const track = tracks.get(objectId) ?? emptyTrack(objectId);
  const before = track.rules ?? [];
  const rules = withCleanup(before, change);
  return isSameCleanup(before, rules) ? tracks : new Map(tracks).set(objectId, { ...track, rules });
}
