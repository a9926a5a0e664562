/** The annotated masks that lie around a frame. */
import type { MaskTrack } from './maskTrack';

/** The nearest frames before and after `frameIndex` on which the label is annotated; null where there is none. */
export function annotatedNeighbours(
  track: MaskTrack | undefined,
  frameIndex: number,
): { readonly before: number | null; readonly after: number | null } {
  let before: number | null = null;
  let after: number | null = null;
  for (const frame of track?.prompted.keys() ?? []) {
    if (frame < frameIndex && (before === null || frame > before)) {
      before = frame;
    }
    if (frame > frameIndex && (after === null || frame < after)) {
      after = frame;
    }
  }
  return { before, after };
}

/**
 * The frames strictly between the two annotated ones around `frameIndex`, or around the gap that begins at it when it is
 * annotated itself; null when there is no such gap.
 */
export function gapAround(
  track: MaskTrack | undefined,
  frameIndex: number,
): { readonly before: number; readonly after: number } | null {
  const { before, after } = annotatedNeighbours(track, frameIndex);
  const start = track?.prompted.has(frameIndex) ? frameIndex : before;
  return start === null || after === null || after - start < 2 ? null : { before: start, after };
}
