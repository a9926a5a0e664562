/** Another outline for a label: it gets what it may have, and nobody else is seen to change. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import {
  FRAME,
  after,
  anyFrame,
  pixelsOf,
  pixelValues,
  regionPixels,
  rleOf,
  seenOf,
} from './__fixtures__/anyFrame';
import { absentMask, seenOutline, setMask, type Gains } from './setMask';

describe('setMask', () => {
  it('makes the label seen as wanted, as far as others and regions allow', () => {
    fc.assert(
      fc.property(
        anyFrame,
        pixelValues(1),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom<Gains>('onlyBackground', 'overGuesses'),
        (frame, values, id, gains) => {
          const wanted = rleOf((pixel) => values[pixel] === 1);
          const before = seenOf(frame);
          const now = seenOf(after(frame, setMask(frame, objectId(id), wanted, { edit: 'copied', gains })));
          const had = new Set(before.get(id) ?? []);
          const held = new Set([...regionPixels(frame, 'void'), ...regionPixels(frame, 'locked')]);
          const isAnnotated = (label: number): boolean =>
            frame.tracks.get(objectId(label))?.prompted.has(FRAME) ?? false;
          const taken = new Set(
            [...before]
              .filter(([label]) => label !== id && (gains === 'onlyBackground' || isAnnotated(label)))
              .flatMap(([, pixels]) => pixels),
          );
          // Of annotated masks also those pixels count that are covered by others.
          for (const label of gains === 'overGuesses' ? [1, 2, 3] : []) {
            const mask = label === id ? undefined : frame.tracks.get(objectId(label))?.prompted.get(FRAME);
            pixelsOf(mask?.rle).forEach((pixel) => taken.add(pixel));
          }
          const isWanted = new Set(pixelsOf(wanted));
          const expected = Array.from({ length: values.length }, (_, pixel) => pixel).filter((pixel) =>
            held.has(pixel) ? had.has(pixel) : isWanted.has(pixel) && (had.has(pixel) || !taken.has(pixel)),
          );
          expect(now.get(id) ?? []).toEqual(expected);
          for (const label of [1, 2, 3].filter((other) => other !== id)) {
            const lost = (before.get(label) ?? []).filter((pixel) => !(now.get(label) ?? []).includes(pixel));
            expect((now.get(label) ?? []).length + lost.length).toBe((before.get(label) ?? []).length);
            expect(lost.length === 0 || gains === 'overGuesses').toBe(true);
            expect(lost.every((pixel) => expected.includes(pixel))).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('makes annotation of a guess even where it changes nothing, unless it must', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 1, max: 3 }), (frame, id) => {
        const seen = seenOutline(frame, objectId(id));
        if (!seen) {
          return;
        }
        const isAnnotated = frame.tracks.get(objectId(id))?.prompted.has(FRAME);
        const options = { edit: 'copied', gains: 'onlyBackground' } as const;
        const changes = setMask(frame, objectId(id), seen, options);
        expect(changes.map(([changed, mask]) => [changed, mask.edit])).toEqual(
          isAnnotated ? [] : [[id, 'copied']],
        );
        expect(setMask(frame, objectId(id), seen, { ...options, mustChange: true })).toEqual([]);
      }),
    );
  });

  it('knows an absent label', () => {
    expect(absentMask([5, 6])).toMatchObject({ areaPx: 0, box: null, edit: 'painted', isAccepted: true });
  });
});
