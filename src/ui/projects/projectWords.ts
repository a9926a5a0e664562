/** Sizes, ages and counts in words. */
import type { RestoredNote } from '../../state/slices/projectState';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers use them: `3.2 MB`. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `1 mask`, `2 masks`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

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
