/** Clean-up rules: ranges of frames, and the masks that they make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLabel, type Label } from '../label/label';
import { decodeRle, encodeRle } from '../mask/rle';
import { acceptedMasks } from './acceptedMasks';
import {
  cleanupAt,
  isSameRule,
  noCleanup,
  withCleanup,
  type CleanupRanges,
  type CleanupRule,
} from './cleanupRules';
import { withRle } from './maskAtThreshold';
import type { FrameMask, Tracks } from './maskTrack';
import { planPropagation } from './propagationPlan';
import { withFrameMasks, withTrackCleanup } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const width = 20;
const height = 8;

type Rect = readonly [x0: number, y0: number, x1: number, y1: number];

function maskOf(...rects: readonly Rect[]): FrameMask {
  const data = new Uint8Array(width * height);
  for (const [x0, y0, x1, y1] of rects) {
    for (let y = y0; y < y1; y += 1) {
      data.fill(1, y * width + x0, y * width + x1);
    }
  }
  const rle = encodeRle({ width, height, data });
  return withRle({ rle, box: null, areaPx: 0, predictedIou: null }, rle);
}

const first = createLabel([]);
const second = createLabel([first]);
const labels: readonly Label[] = [first, second];
const ruleOf = (part: Partial<CleanupRule>): CleanupRule => ({ ...noCleanup, ...part });
const everywhere = (part: Partial<CleanupRule>) => ({ fromFrame: 0, toFrame: 99, rule: ruleOf(part) });

function tracksOf(
  frames: readonly (FrameMask | null)[],
  source: 'prompted' | 'propagated' = 'propagated',
): Tracks {
  return frames.reduce<Tracks>(
    (tracks, mask, frame) => withFrameMasks(tracks, source, frame, [[first.objectId, mask]]),
    new Map(),
  );
}

function shown(tracks: Tracks, frame: number, label: Label = first): FrameMask | undefined {
  return masksOfFrame(tracks, labels, frame).find((entry) => entry.objectId === label.objectId)?.mask;
}

const pixels = (mask: FrameMask | undefined): number[] =>
  mask ? [...decodeRle(mask.rle).data].flatMap((value, pixel) => (value ? [pixel] : [])) : [];

describe('withCleanup', () => {
  it('is what writing each frame down would be, kept short', () => {
    const change = fc
      .record({ a: fc.nat(20), b: fc.nat(20), growPx: fc.constantFrom(0, 1, -2) })
      .map(({ a, b, growPx }) => ({
        fromFrame: Math.min(a, b),
        toFrame: Math.max(a, b),
        rule: ruleOf({ growPx }),
      }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const written = Array<CleanupRule>(21).fill(noCleanup);
        let ranges: CleanupRanges = [];
        for (const next of changes) {
          written.fill(next.rule, next.fromFrame, next.toFrame + 1);
          ranges = withCleanup(ranges, next);
        }
        expect(written.map((_, frame) => cleanupAt(ranges, frame))).toEqual(written);
        ranges.forEach((range, index) => {
          const next = ranges[index + 1];
          const isApart = !next || range.toFrame + 1 < next.fromFrame || !isSameRule(range.rule, next.rule);
          expect(!isSameRule(range.rule, noCleanup) && isApart).toBe(true);
        });
      }),
    );
  });
});

describe('masks by clean-up rules', () => {
  it('drops specks, fills holes and moves outlines, and leaves the drawing alone', () => {
    const drawn = maskOf([2, 1, 8, 3], [2, 3, 4, 5], [6, 3, 8, 5], [2, 5, 8, 7], [12, 2, 13, 3]);
    const tracks = tracksOf([drawn]);
    const cleaned = withTrackCleanup(tracks, first.objectId, everywhere({ minAreaPx: 2, maxHolePx: 4 }));
    expect(pixels(shown(cleaned, 0))).toEqual(pixels(maskOf([2, 1, 8, 7])));
    expect(cleaned.get(first.objectId)?.propagated.get(0)).toBe(drawn);
    const shrunk = withTrackCleanup(
      tracks,
      first.objectId,
      everywhere({ keep: 'largest', maxHolePx: 9, growPx: -1 }),
    );
    expect(pixels(shown(shrunk, 0))).toEqual(pixels(maskOf([3, 2, 7, 6])));
    expect(shown(shrunk, 0)).toMatchObject({ box: [3, 2, 7, 6], areaPx: 16 });
    const back = withTrackCleanup(shrunk, first.objectId, everywhere({}));
    expect(shown(back, 0)).toBe(drawn);
  });

  it('gains no pixel that another label has', () => {
    const other = maskOf([9, 0, 14, 8]);
    let tracks = tracksOf([maskOf([4, 2, 8, 6])]);
    tracks = withFrameMasks(tracks, 'propagated', 0, [[second.objectId, other]]);
    const grown = withTrackCleanup(tracks, first.objectId, everywhere({ growPx: 2 }));
    const free = pixels(shown(grown, 0));
    expect(free).toContain(3 * width + 8);
    expect(free.filter((pixel) => pixels(other).includes(pixel))).toEqual([]);
    expect(shown(grown, 0, second)).toBe(other);
    const both = withTrackCleanup(grown, second.objectId, everywhere({ growPx: 2 }));
    const all = [...pixels(shown(both, 0)), ...pixels(shown(both, 0, second))];
    expect(new Set(all).size).toBe(all.length);
  });

  it('keeps what touches the mask before, back to the beginning of the range', () => {
    const body = (x: number): Rect => [x, 2, x + 4, 6];
    const speck: Rect = [15, 1, 17, 3];
    const frames = [maskOf(body(0)), maskOf(body(2), speck), maskOf(body(4), speck), maskOf(body(6), speck)];
    const tracks = withTrackCleanup(tracksOf(frames), first.objectId, everywhere({ keep: 'touching' }));
    expect([0, 1, 2, 3].map((frame) => pixels(shown(tracks, frame)))).toEqual(
      [0, 2, 4, 6].map((x) => pixels(maskOf(body(x)))),
    );
    // Where the rule begins, the frame before counts whole, and the speck is on it.
    const late = withTrackCleanup(tracksOf(frames), first.objectId, {
      fromFrame: 3,
      toFrame: 99,
      rule: ruleOf({ keep: 'touching' }),
    });
    expect(shown(late, 3)).toBe(frames[3]);
  });

  it('finds the same masks whichever frame is looked at first, and after a change in the chain', () => {
    const rect = fc.tuple(fc.nat(15), fc.nat(4)).map(([x, y]): Rect => [x, y, x + 3, y + 2]);
    fc.assert(
      fc.property(
        fc.array(fc.array(rect, { maxLength: 3 }), { minLength: 2, maxLength: 6 }),
        fc.nat(5),
        fc.nat(5),
        (frames, at, look) => {
          const rule = everywhere({ keep: 'touching' });
          const make = (lists: readonly (readonly Rect[])[]): Tracks =>
            withTrackCleanup(tracksOf(lists.map((rects) => maskOf(...rects))), first.objectId, rule);
          const tracks = make(frames);
          shown(tracks, look);
          const place = at % frames.length;
          const changed = withFrameMasks(tracks, 'propagated', place, [
            [first.objectId, maskOf([0, 0, 5, 5])],
          ]);
          const fresh = make(frames.with(place, [[0, 0, 5, 5]]));
          for (let frame = 0; frame < frames.length; frame += 1) {
            expect(pixels(shown(changed, frame))).toEqual(pixels(shown(fresh, frame)));
          }
        },
      ),
    );
  });

  it('leaves masks made by hand as they were made', () => {
    const painted = { ...maskOf([1, 1, 2, 2]), isAccepted: true, edit: 'painted' as const };
    const tracks = tracksOf([painted], 'prompted');
    const cleaned = withTrackCleanup(tracks, first.objectId, everywhere({ minAreaPx: 5, growPx: 3 }));
    expect(shown(cleaned, 0)).toBe(painted);
  });

  it('is the same object for as long as nothing changes', () => {
    const tracks = withTrackCleanup(
      tracksOf([maskOf([1, 1, 5, 5]), maskOf([2, 1, 6, 5], [10, 1, 12, 3])]),
      first.objectId,
      everywhere({ keep: 'touching', growPx: 1 }),
    );
    const before = shown(tracks, 1);
    shown(tracks, 0);
    expect(shown(tracks, 1)).toBe(before);
    const renamed = withFrameMasks(tracks, 'propagated', 7, [[first.objectId, maskOf([1, 1, 2, 2])]]);
    expect(shown(renamed, 1)).toBe(before);
  });

  it('tells engines and annotation of the masks as they were drawn, so that nothing is cleaned twice', () => {
    const drawn = maskOf([4, 2, 8, 6]);
    const tracks = withTrackCleanup(tracksOf([drawn]), first.objectId, everywhere({ growPx: 1 }));
    expect(acceptedMasks(tracks, labels, 0).map(([, mask]) => mask.rle)).toEqual([drawn.rle]);
    const plan = planPropagation(tracks, labels, 0, {
      direction: 1,
      untilPrompted: false,
      range: { inFrame: 0, outFrame: 3 },
    });
    expect(plan?.startMasks.map(({ rle }) => rle)).toEqual([drawn.rle]);
  });

  it('is one step of tracks only where something changes', () => {
    const tracks = tracksOf([maskOf([4, 2, 8, 6])]);
    expect(withTrackCleanup(tracks, first.objectId, everywhere({}))).toBe(tracks);
  });
});
