/** Painting into the masks of a frame: what is seen is what was painted. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import type { Tracks } from '../track/maskTrack';
import { masksOfFrame } from '../track/visibleMasks';
import {
  FRAME,
  after,
  anyFrame,
  labelOf,
  maskOf,
  pixelsOf,
  pixelValues,
  regionPixels,
  rleOf,
  seenOf,
} from './__fixtures__/anyFrame';
import { paintRegion, type PaintedFrame, type PaintOrder } from './paintRegion';

const anyOrder: fc.Arbitrary<PaintOrder> = fc.oneof(
  fc.constant<PaintOrder>('onTop'),
  fc.constant<PaintOrder>('onlyBackground'),
  fc.integer({ min: 1, max: 3 }).map((id) => ({ onlyInside: objectId(id) })),
);

function allowedPixels(frame: PaintedFrame, painted: readonly number[], order: PaintOrder): Set<number> {
  const seen = seenOf(frame);
  const held = new Set([...regionPixels(frame, 'void'), ...regionPixels(frame, 'locked')]);
  const taken = new Set([...seen.values()].flat());
  return new Set(
    painted.filter(
      (pixel) =>
        !held.has(pixel) &&
        (order === 'onTop' ||
          (order === 'onlyBackground'
            ? !taken.has(pixel)
            : (seen.get(order.onlyInside) ?? []).includes(pixel))),
    ),
  );
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a, ...b]);
}

function difference(a: ReadonlySet<number>, b: ReadonlySet<number>): Set<number> {
  return new Set([...a].filter((value) => !b.has(value)));
}

describe('paintRegion', () => {
  it('gives its label the pixels that it may, and changes nothing else that is seen', () => {
    fc.assert(
      fc.property(
        anyFrame,
        pixelValues(1),
        anyOrder,
        fc.integer({ min: 1, max: 3 }),
        (frame, values, order, id) => {
          const region = rleOf((pixel) => values[pixel] === 1);
          const allowed = allowedPixels(frame, pixelsOf(region), order);
          const changes = paintRegion(frame, {
            region,
            action: { kind: 'paint', objectId: objectId(id) },
            order,
          });
          const before = seenOf(frame);
          const now = seenOf(after(frame, changes));
          for (const label of [1, 2, 3]) {
            const had = new Set(before.get(label) ?? []);
            const expected = label === id ? union(had, allowed) : difference(had, allowed);
            expect(now.get(label) ?? [], `label ${label}`).toEqual([...expected].toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('erases one label or all, and lets nothing come to light from below', () => {
    const target = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(anyFrame, pixelValues(1), anyOrder, target, (frame, values, order, id) => {
        const region = rleOf((pixel) => values[pixel] === 1);
        const allowed = allowedPixels(frame, pixelsOf(region), order);
        const action = { kind: 'erase', objectId: id === null ? null : objectId(id) } as const;
        const now = seenOf(after(frame, paintRegion(frame, { region, action, order })));
        const before = seenOf(frame);
        for (const label of [1, 2, 3]) {
          const had = new Set(before.get(label) ?? []);
          const expected = id === null || id === label ? difference(had, allowed) : had;
          expect(now.get(label) ?? [], `label ${label}`).toEqual([...expected].toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('leaves masks of one layer that do not overlap, all written down as made by hand', () => {
    fc.assert(
      fc.property(anyFrame, pixelValues(1), fc.integer({ min: 1, max: 3 }), (frame, values, id) => {
        const region = rleOf((pixel) => values[pixel] === 1);
        const changes = paintRegion(frame, {
          region,
          action: { kind: 'paint', objectId: objectId(id) },
          order: 'onTop',
        });
        for (const [, mask] of changes) {
          expect(mask.isAccepted).toBe(true);
          expect(mask.soft ?? mask.confidence).toBeUndefined();
        }
        const made = masksOfFrame(after(frame, changes).tracks, frame.labels, FRAME).filter(
          ({ source, region: role }) => source === 'prompted' && !role,
        );
        if (changes.length > 0) {
          const pixels = made.filter(({ mask }) => mask.isAccepted).flatMap(({ mask }) => pixelsOf(mask.rle));
          expect(pixels.length).toBe(new Set(pixels).size);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('changes nothing when nothing is to change', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 1, max: 3 }), (frame, id) => {
        const own = masksOfFrame(frame.tracks, frame.labels, FRAME).length > 0 ? seenOf(frame).get(id) : [];
        const region = rleOf((pixel) => own?.includes(pixel) ?? false);
        const action = { kind: 'paint', objectId: objectId(id) } as const;
        expect(paintRegion(frame, { region, action, order: 'onTop' })).toEqual([]);
      }),
    );
  });

  it('paints regions over everything, from the mask that holds, and not into locked ones', () => {
    fc.assert(
      fc.property(anyFrame, pixelValues(1), fc.constantFrom(4, 5), (frame, values, id) => {
        const region = rleOf((pixel) => values[pixel] === 1);
        const changes = paintRegion(frame, {
          region,
          action: { kind: 'paint', objectId: objectId(id) },
          order: 'onTop',
        });
        expect(changes.every(([changed]) => changed === id)).toBe(true);
        const now = after(frame, changes);
        expect(seenOf(now)).toEqual(seenOf(frame));
        const locked = new Set(regionPixels(frame, 'locked'));
        const role = id === 4 ? 'void' : 'locked';
        const painted = new Set(pixelsOf(region));
        const expected = union(
          new Set(regionPixels(frame, role)),
          id === 4 ? difference(painted, locked) : painted,
        );
        expect(new Set(regionPixels(now, role))).toEqual(expected);
      }),
    );
  });

  it('leaves a guess under the painting a guess', () => {
    const guess = maskOf(rleOf(() => true));
    const tracks: Tracks = new Map([
      [objectId(1), { objectId: objectId(1), prompted: new Map(), propagated: new Map([[FRAME, guess]]) }],
    ]);
    const frame = { tracks, labels: [labelOf(1, 'object'), labelOf(2, 'object')], frameIndex: FRAME };
    const region = rleOf((pixel) => pixel < 4);
    const changes = paintRegion(frame, {
      region,
      action: { kind: 'paint', objectId: objectId(2) },
      order: 'onTop',
    });
    expect(changes.map(([id, mask]) => [id, mask.edit, pixelsOf(mask.rle)])).toEqual([
      [2, 'painted', [0, 1, 2, 3]],
    ]);
  });
});
