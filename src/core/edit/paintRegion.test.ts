/** Painting into the masks of a frame: what is seen is what was painted. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { objectId } from '../base/ids';
import type { Label, LabelRole } from '../label/label';
import { decodeRle, encodeRle, rleBox, type Rle } from '../mask/rle';
import type { FrameMask, MaskTrack, Tracks } from '../track/maskTrack';
import { seenMasks } from '../track/seenMasks';
import { withFrameMasks } from '../track/trackEdits';
import { masksOfFrame } from '../track/visibleMasks';
import { paintRegion, type PaintedFrame, type PaintOrder } from './paintRegion';

const WIDTH = 6;
const HEIGHT = 5;
const PIXELS = WIDTH * HEIGHT;
const FRAME = 7;

function rleOf(isInside: (pixel: number) => boolean): Rle {
  const data = Uint8Array.from({ length: PIXELS }, (_, pixel) => (isInside(pixel) ? 1 : 0));
  return encodeRle({ width: WIDTH, height: HEIGHT, data });
}

function pixelsOf(rle: Rle | undefined): number[] {
  return rle ? [...decodeRle(rle).data].flatMap((value, pixel) => (value ? [pixel] : [])) : [];
}

function maskOf(rle: Rle, extra: Partial<FrameMask> = {}): FrameMask {
  return { rle, box: rleBox(rle), areaPx: pixelsOf(rle).length, predictedIou: 0.9, ...extra };
}

function labelOf(id: number, role: LabelRole): Label {
  return { objectId: objectId(id), name: `label ${id}`, colour: '#e69f00', role, isVisible: true };
}

type Kind = 'none' | 'propagated' | 'accepted' | 'prompted';

const pixelValues = (highest: number) =>
  fc.array(fc.integer({ min: 0, max: highest }), { minLength: PIXELS, maxLength: PIXELS });

/** Three labels, masks of one layer not overlapping, and a void and a locked region painted on another frame. */
const anyFrame = fc
  .record({
    kinds: fc.array(fc.constantFrom<Kind>('none', 'propagated', 'accepted', 'prompted'), {
      minLength: 3,
      maxLength: 3,
    }),
    owners: fc.record({
      propagated: pixelValues(3),
      accepted: pixelValues(3),
      prompted: pixelValues(3),
    }),
    regions: pixelValues(9),
    hasRegions: fc.boolean(),
  })
  .map(({ kinds, owners, regions, hasRegions }): PaintedFrame => {
    const labels = [
      labelOf(1, 'object'),
      labelOf(2, 'object'),
      labelOf(3, 'competitor'),
      labelOf(4, 'void'),
      labelOf(5, 'locked'),
    ];
    const tracks = new Map<MaskTrack['objectId'], MaskTrack>();
    kinds.forEach((kind, index) => {
      const id = objectId(index + 1);
      if (kind !== 'none') {
        const rle = rleOf((pixel) => owners[kind][pixel] === index + 1);
        const mask = maskOf(rle, kind === 'accepted' ? { isAccepted: true } : {});
        const source = kind === 'propagated' ? 'propagated' : 'prompted';
        const track = { objectId: id, prompted: new Map(), propagated: new Map() };
        tracks.set(id, { ...track, [source]: new Map([[FRAME, mask]]) });
      }
    });
    if (hasRegions) {
      [4, 5].forEach((number, index) => {
        const rle = rleOf((pixel) => regions[pixel] === index + 1);
        const prompted = new Map([[2, maskOf(rle, { isAccepted: true, edit: 'painted' })]]);
        tracks.set(objectId(number), { objectId: objectId(number), prompted, propagated: new Map() });
      });
    }
    return { tracks, labels, frameIndex: FRAME };
  });

function seenOf({ tracks, labels, frameIndex }: PaintedFrame): Map<number, number[]> {
  return new Map(seenMasks(tracks, labels, frameIndex).map(({ objectId: id, rle }) => [id, pixelsOf(rle)]));
}

function regionPixels({ tracks, labels, frameIndex }: PaintedFrame, region: 'void' | 'locked'): number[] {
  const found = masksOfFrame(tracks, labels, frameIndex).find((entry) => entry.region === region);
  return pixelsOf(found?.mask.rle);
}

function after(frame: PaintedFrame, changes: ReturnType<typeof paintRegion>): PaintedFrame {
  const tracks: Tracks = withFrameMasks(frame.tracks, 'prompted', FRAME, changes);
  return { ...frame, tracks };
}

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
