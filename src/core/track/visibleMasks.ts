/** Which masks of a frame count, in the order in which they cover each other. */
import type { ObjectId } from '../base/ids';
import type { Label } from '../label/label';
import { maskAt, type FrameMask, type MaskSource, type Tracks } from './maskTrack';

export type VisibleMask = { objectId: ObjectId; mask: FrameMask; source: MaskSource };

/**
 * The masks of a frame, bottom first: propagated ones, then prompted ones, each in list order. What the user prompted
 * covers what was propagated; within one source the masks do not overlap, for they were merged when they were made.
 */
export function masksOfFrame(tracks: Tracks, labels: readonly Label[], frameIndex: number): VisibleMask[] {
  const found = labels.flatMap((label) => {
    const at = maskAt(tracks.get(label.objectId), frameIndex);
    return at ? [{ objectId: label.objectId, ...at }] : [];
  });
  return [
    ...found.filter((entry) => entry.source === 'propagated'),
    ...found.filter((entry) => entry.source === 'prompted'),
  ];
}
