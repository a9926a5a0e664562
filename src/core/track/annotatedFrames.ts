/** The frames on which the user says what is true, as propagation is told of them. */
import { isRegionRole, type Label } from '../label/label';
import type { AnnotatedFrame } from '../segment/segmentation';
import type { Tracks } from './maskTrack';
import { seenMasks } from './seenMasks';

/**
 * Frames on which at least one label has a prompted mask, ascending. With `labels`, frames on which only regions are
 * painted do not count: those say nothing of what is where.
 */
export function framesWithPromptedMasks(tracks: Tracks, labels?: readonly Label[]): number[] {
  const regions = new Set(labels?.flatMap(({ objectId, role }) => (isRegionRole(role) ? [objectId] : [])));
  const frames = new Set<number>();
  for (const track of tracks.values()) {
    for (const frame of regions.has(track.objectId) ? [] : track.prompted.keys()) {
      frames.add(frame);
    }
  }
  return [...frames].toSorted((a, b) => a - b);
}

/**
 * Every frame with at least one prompted mask, ascending: the prompted masks are true, what the other labels have there
 * are guesses. Masks are as they are seen, so none covers another.
 */
export function annotatedFrames(tracks: Tracks, labels: readonly Label[]): AnnotatedFrame[] {
  return framesWithPromptedMasks(tracks, labels).map((frameIndex) => {
    const seen = seenMasks(tracks, labels, frameIndex);
    const isTrue = ({ objectId }: (typeof seen)[number]): boolean =>
      tracks.get(objectId)?.prompted.has(frameIndex) ?? false;
    return {
      frameIndex,
      masks: seen.filter(isTrue),
      guesses: seen.filter((entry) => !isTrue(entry)),
    };
  });
}
