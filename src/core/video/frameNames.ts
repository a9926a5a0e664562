/** How exported files of a frame are called. */
import type { FootageInfo } from './footageInfo';
import { frameCount } from './frameTable';

/** DAVIS names its frames with five digits; longer clips get as many as they need. */
const MIN_DIGITS = 5;

/**
 * File stem for each frame: the input image's own name where the footage is an image sequence with unique names,
 * otherwise the frame index, zero-padded.
 */
export function frameStems(footage: Pick<FootageInfo, 'frameNames' | 'frameTable'>): string[] {
  const { frameNames } = footage;
  if (frameNames && new Set(frameNames.map((name) => name.toLowerCase())).size === frameNames.length) {
    return [...frameNames];
  }
  const count = frameCount(footage.frameTable);
  const digits = Math.max(MIN_DIGITS, String(Math.max(count - 1, 0)).length);
  return Array.from({ length: count }, (_, index) => String(index).padStart(digits, '0'));
}
