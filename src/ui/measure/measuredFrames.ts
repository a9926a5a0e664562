/** Whether there is enough to measure. */
import type { MaskflowState } from '../../state/maskflowState';

/** How many frames between the in and out points have a mask of an object, counted up to two. */
export function framesToMeasure({
  tracks,
  labels,
  range,
}: Pick<MaskflowState, 'tracks' | 'labels' | 'range'>): 0 | 1 | 2 {
  const found = new Set<number>();
  for (const { objectId, role } of labels) {
    const track = role === 'object' ? tracks.get(objectId) : undefined;
    for (const masks of track ? [track.prompted, track.propagated] : []) {
      for (const frame of masks.keys()) {
        if (frame >= range.inFrame && frame <= range.outFrame) {
          found.add(frame);
        }
        if (found.size >= 2) {
          return 2;
        }
      }
    }
  }
  return found.size === 0 ? 0 : 1;
}
