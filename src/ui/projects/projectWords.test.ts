import { describe, expect, it } from 'vitest';
import { ageText, restoredText } from './projectWords';

describe('ageText', () => {
  const minute = 60_000;
  const now = Date.UTC(2026, 4, 20);
  it.each([
    [-5, 'just now'],
    [0.9 * minute, 'just now'],
    [1.9 * minute, '1 minute ago'],
    [59 * minute, '59 minutes ago'],
    [60 * minute, '1 hour ago'],
    [49 * 60 * minute, '2 days ago'],
    [40 * 24 * 60 * minute, '2026-04-10'],
  ])('says of %d ms: %s', (ageMs, text) => {
    expect(ageText(now - ageMs, now)).toBe(text);
  });
});

describe('restoredText', () => {
  const note = {
    how: 'restored' as const,
    name: 'clip',
    prompts: 1,
    masks: 0,
    frames: 0,
    savedAtMs: 0,
    missingMasks: 0,
  };
  it('counts what came back', () => {
    expect(restoredText(note, 0)).toBe('1 prompt, no masks, last saved just now.');
    expect(restoredText({ ...note, prompts: 5, masks: 26, frames: 13 }, 120_000)).toBe(
      '5 prompts, 26 masks on 13 frames, last saved 2 minutes ago.',
    );
  });
});
