/** Name tags stay short whatever the label is called. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagText } from './tagText';

describe('tagText', () => {
  it('leaves short names as they are and cuts long ones', () => {
    expect(tagText({ name: 'upper dye', role: 'object' })).toBe('upper dye');
    expect(tagText({ name: 'floor', role: 'competitor' })).toBe('floor (competes)');
    expect(tagText({ name: 'the upper dye as seen from the left', role: 'object' })).toBe(
      'the upper dye as seen f…',
    );
    expect(tagText({ name: 'the floor under both of the dyes', role: 'competitor' })).toBe(
      'the floor under b… (competes)',
    );
  });

  it('is never long and never splits a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.constantFrom('object' as const, 'competitor' as const),
        (name, role) => {
          const text = tagText({ name, role });
          expect(Array.from(text).length).toBeLessThanOrEqual(29);
          expect(text.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
