/** Ages, and what was restored, in words. */
import { counted } from '../../core/base/numberText';
import type { RestoredNote } from '../../state/slices/projectState';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `just now`, `4 minutes ago`, `2 days ago`; a date when it is longer ago than a month. */
export function ageText(atMs: number, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - atMs);
  if (ageMs < MINUTE_MS) {
    return 'just now';
  }
  if (ageMs < HOUR_MS) {
    return `${counted(Math.floor(ageMs / MINUTE_MS), 'minute')} ago`;
  }
  if (ageMs < DAY_MS) {
    return `${counted(Math.floor(ageMs / HOUR_MS), 'hour')} ago`;
  }
  return ageMs < 30 * DAY_MS
    ? `${counted(Math.floor(ageMs / DAY_MS), 'day')} ago`
    : new Date(atMs).toISOString().slice(0, 10);
}

/** Such as `5 prompts, 26 masks on 13 frames, last saved 4 minutes ago.` */
export function restoredText({ prompts, masks, frames, savedAtMs }: RestoredNote, nowMs: number): string {
  const saved = `last saved ${ageText(savedAtMs, nowMs)}.`;
  return masks === 0
    ? `${counted(prompts, 'prompt')}, no masks, ${saved}`
    : `${counted(prompts, 'prompt')}, ${counted(masks, 'mask')} on ${counted(frames, 'frame')}, ${saved}`;
}
