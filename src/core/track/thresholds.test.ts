/** Thresholds: rules over ranges of frames, and the masks that they make. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLabel, type Label } from '../label/label';
import { decodeRle, encodeRle, type Rle } from '../mask/rle';
import { encodeSoftMask } from '../mask/softMask';
import { acceptedMasks } from './acceptedMasks';
import { areasAtThresholds, maskAtThreshold, withRle } from './maskAtThreshold';
import type { FrameMask, Tracks } from './maskTrack';
import { planPropagation } from './propagationPlan';
import { DRAWN_PROBABILITY, thresholdAt, withThreshold, type ThresholdRanges } from './thresholdRanges';
import { withFrameMasks, withTrackThreshold } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const width = 10;
const height = 6;

/** A mask with any drawing and any probabilities behind it. */
const anyMask: fc.Arbitrary<FrameMask> = fc
  .record({
    pixels: fc.array(fc.boolean(), { minLength: width * height, maxLength: width * height }),
    logits: fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 15, maxLength: 15 }),
  })
  .map(({ pixels, logits }) => {
    const rle = encodeRle({ width, height, data: Uint8Array.from(pixels, Number) });
    const soft = encodeSoftMask(Float32Array.from(logits), 5, 3);
    return withRle({ rle, box: null, areaPx: 0, predictedIou: 0.5, soft }, rle);
  });

const probability = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);

const emptyRle: Rle = { size: [height, width], counts: Uint32Array.of(width * height) };

const pixelsOf = (mask: FrameMask): Uint8Array => decodeRle(mask.rle).data;

describe('withThreshold', () => {
  const change = fc
    .record({ a: fc.nat(20), b: fc.nat(20), probability: fc.constantFrom(0.2, 0.5, 0.7) })
    .map(({ a, b, probability: p }) => ({
      fromFrame: Math.min(a, b),
      toFrame: Math.max(a, b),
      probability: p,
    }));

  it('is what writing each frame down would be, kept short', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        const written = Array<number>(21).fill(DRAWN_PROBABILITY);
        let ranges: ThresholdRanges = [];
        for (const next of changes) {
          written.fill(next.probability, next.fromFrame, next.toFrame + 1);
          ranges = withThreshold(ranges, next);
        }
        expect(written.map((_, frame) => thresholdAt(ranges, frame))).toEqual(written);
        ranges.forEach((range, index) => {
          const next = ranges[index + 1];
          const isApart =
            !next || range.toFrame + 1 < next.fromFrame || range.probability !== next.probability;
          expect(range.probability !== DRAWN_PROBABILITY && isApart).toBe(true);
        });
      }),
    );
  });
});

describe('maskAtThreshold', () => {
  it('only loses pixels as the probability rises, and is the drawing at 0.5', () => {
    fc.assert(
      fc.property(anyMask, probability, probability, (mask, p, q) => {
        const larger = pixelsOf(maskAtThreshold(mask, Math.min(p, q)));
        const smaller = pixelsOf(maskAtThreshold(mask, Math.max(p, q)));
        smaller.forEach((value, pixel) => expect(value).toBeLessThanOrEqual(larger[pixel]!));
        expect(maskAtThreshold(mask, 0.5)).toBe(mask);
      }),
    );
  });

  it('tells the areas that it would draw', () => {
    fc.assert(
      fc.property(anyMask, fc.array(probability, { maxLength: 4 }), (mask, probabilities) => {
        expect(areasAtThresholds(mask, probabilities)).toEqual(
          probabilities.map((p) => maskAtThreshold(mask, p).areaPx),
        );
      }),
    );
  });

  it('leaves a mask without probabilities as it is', () => {
    const [mask] = fc.sample(anyMask, 1);
    const { soft: _, ...plain } = mask!;
    expect(maskAtThreshold(plain, 0.1)).toBe(plain);
    expect(areasAtThresholds(plain, [0.3])).toBeNull();
  });
});

describe('masksOfFrame', () => {
  const one = createLabel([]);
  const two = createLabel([one]);
  const labels: Label[] = [one, two];

  function tracksOf(masks: readonly FrameMask[]): Tracks {
    return withFrameMasks(
      new Map(),
      'propagated',
      4,
      labels.map(({ objectId }, index) => [objectId, masks[index]!] as const),
    );
  }

  it('lets a growing mask take no pixel that another label has, and a shrunken one give its pixels up', () => {
    fc.assert(
      fc.property(anyMask, anyMask, probability, probability, (first, rest, p, q) => {
        // As the merge makes them: no pixel belongs to both.
        const taken = pixelsOf(first);
        const apart = pixelsOf(rest).map((value, pixel) => value & (taken[pixel]! ^ 1));
        const second = withRle(rest, encodeRle({ width, height, data: apart }));
        let tracks = tracksOf([first, second]);
        tracks = withTrackThreshold(tracks, one.objectId, { fromFrame: 0, toFrame: 9, probability: p });
        tracks = withTrackThreshold(tracks, two.objectId, { fromFrame: 4, toFrame: 4, probability: q });
        const [a, b] = masksOfFrame(tracks, labels, 4).map(({ mask }) => mask);
        const inBoth = pixelsOf(a!).filter((value, pixel) => value && pixelsOf(b!)[pixel]).length;
        expect(inBoth).toBe(0);
        expect(a!.areaPx).toBeLessThanOrEqual(maskAtThreshold(first, p).areaPx);
        if (p >= 0.5) {
          expect(pixelsOf(a!)).toEqual(pixelsOf(maskAtThreshold(first, p)));
        }
      }),
    );
  });

  it('gives the same objects for as long as nothing changes, and the drawn ones on other frames', () => {
    const [mask] = fc.sample(anyMask, 1);
    let tracks = tracksOf([mask!, { ...mask! }]);
    tracks = withFrameMasks(tracks, 'propagated', 5, [[one.objectId, mask!]]);
    tracks = withTrackThreshold(tracks, one.objectId, { fromFrame: 4, toFrame: 4, probability: 0.8 });
    const [a] = masksOfFrame(tracks, labels, 4);
    const [again] = masksOfFrame(tracks, labels, 4);
    expect(again!.mask).toBe(a!.mask);
    expect(a!.mask).toMatchObject({ predictedIou: 0.5, soft: mask!.soft });
    expect(masksOfFrame(tracks, labels, 5)[0]!.mask).toBe(mask);
  });

  it('cuts what is drawn later, too', () => {
    const [mask] = fc.sample(anyMask, 1);
    const rule = { fromFrame: 0, toFrame: 9, probability: 0.6 };
    const tracks = withTrackThreshold(new Map(), one.objectId, rule);
    const later = withFrameMasks(tracks, 'propagated', 7, [[one.objectId, mask!]]);
    expect(masksOfFrame(later, labels, 7)[0]!.mask.rle).toEqual(maskAtThreshold(mask!, 0.6).rle);
    expect(withTrackThreshold(later, one.objectId, rule)).toBe(later);
  });

  it('is what propagation starts from, and what it is told is true', () => {
    const [mask] = fc.sample(anyMask, 1);
    let tracks = withFrameMasks(new Map(), 'prompted', 2, [[one.objectId, mask!]]);
    tracks = withTrackThreshold(tracks, one.objectId, { fromFrame: 2, toFrame: 2, probability: 0.3 });
    const range = { inFrame: 0, outFrame: 9 };
    const plan = planPropagation(tracks, labels, 2, { direction: 1, untilPrompted: true, range });
    const cut = { objectId: one.objectId, rle: maskAtThreshold(mask!, 0.3).rle };
    expect(plan?.startMasks).toEqual([cut]);
    expect(plan?.annotated).toEqual([{ frameIndex: 2, masks: [cut], guesses: [] }]);
  });

  it('stays as it is seen when it is accepted', () => {
    fc.assert(
      fc.property(anyMask, probability, (mask, p) => {
        const rule = { fromFrame: 0, toFrame: 9, probability: p };
        const before = withTrackThreshold(tracksOf([mask, withRle(mask, emptyRle)]), one.objectId, rule);
        const seen = masksOfFrame(before, labels, 4)[0]!.mask;
        const accepted = acceptedMasks(before, labels, 4);
        const after = withFrameMasks(before, 'prompted', 4, accepted);
        expect(pixelsOf(masksOfFrame(after, labels, 4)[0]!.mask)).toEqual(pixelsOf(seen));
        const reset = withTrackThreshold(after, one.objectId, { ...rule, probability: 0.5 });
        expect(pixelsOf(masksOfFrame(reset, labels, 4)[0]!.mask)).toEqual(pixelsOf(seen));
      }),
    );
  });
});
