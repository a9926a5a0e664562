/** Two passes made one: who wins where, and how sure the result is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SOFT_QUANTUM, decodeSoftMask, encodeSoftMask } from '../../../core/mask/softMask';
import { thresholdSoft } from '../../../core/mask/softThreshold';
import { fuseMasks, type FusedMask, type PassMask } from './bracketFusion';

const WIDTH = 9;
const HEIGHT = 6;
const COUNT = WIDTH * HEIGHT;

type Pass = { readonly logits: readonly number[]; readonly confidence: number; readonly distance: number };

/** A pass at the size of its grid: its mask is where its logits are above 0. */
function passMask({ logits, confidence, distance }: Pass): PassMask {
  const soft = encodeSoftMask(Float32Array.from(logits), WIDTH, HEIGHT);
  return { mask: thresholdSoft(soft, { width: WIDTH, height: HEIGHT }, 0.5), soft, confidence, distance };
}

const pass: fc.Arbitrary<Pass> = fc.record({
  logits: fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: COUNT, maxLength: COUNT }),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  distance: fc.integer({ min: 1, max: 50 }),
});

function logitsOf({ soft }: FusedMask | PassMask): Float32Array {
  return decodeSoftMask(soft);
}

const everywhere = (logit: number): number[] => Array.from({ length: COUNT }, () => logit);

describe('fuseMasks', () => {
  it('leaves alone what both passes say', () => {
    fc.assert(
      fc.property(pass, pass, (a, b) => {
        const [forward, backward] = [passMask(a), passMask(b)];
        const { mask } = fuseMasks(forward, backward);
        mask.data.forEach((value, pixel) => {
          if (forward.mask.data[pixel] === backward.mask.data[pixel]) {
            expect(value).toBe(forward.mask.data[pixel]);
          }
        });
      }),
    );
  });

  it('gives a pass back when both are the same, and is surer of it', () => {
    fc.assert(
      fc.property(pass, (a) => {
        const one = passMask(a);
        const fused = fuseMasks(one, one);
        expect(fused.mask).toEqual(one.mask);
        expect(fused.soft).toEqual(one.soft);
        expect(fused.agreement).toBe(1);
        expect(fused.confidence).toBeGreaterThanOrEqual(a.confidence);
      }),
    );
  });

  it('does not care which pass is which', () => {
    fc.assert(
      fc.property(pass, pass, (a, b) => {
        const [one, other] = [passMask(a), passMask(b)];
        const fused = fuseMasks(one, other);
        const swapped = fuseMasks(other, one);
        expect(swapped.forwardShare).toBeCloseTo(1 - fused.forwardShare, 9);
        expect(swapped.agreement).toBe(fused.agreement);
        expect(swapped.confidence).toBeCloseTo(fused.confidence, 9);
        const logits = logitsOf(fused);
        logitsOf(swapped).forEach((logit, cell) => {
          // Rounding may put a sum that falls between two codes into either.
          expect(Math.abs(logit - logits[cell]!)).toBeLessThanOrEqual(SOFT_QUANTUM * 1.001);
          if (Math.abs(logits[cell]!) > SOFT_QUANTUM) {
            expect(swapped.mask.data[cell]).toBe(fused.mask.data[cell]);
          }
        });
      }),
    );
  });

  it('cuts the mask from the probabilities where the passes differ', () => {
    fc.assert(
      fc.property(pass, pass, (a, b) => {
        const [forward, backward] = [passMask(a), passMask(b)];
        const fused = fuseMasks(forward, backward);
        const cut = thresholdSoft(fused.soft, fused.mask, 0.5);
        // At the size of the grid also where they agree: a mean of logits of one sign has that sign.
        expect(fused.mask).toEqual(cut);
      }),
    );
  });

  it('works on pictures larger than the grid of probabilities', () => {
    fc.assert(
      fc.property(pass, pass, (a, b) => {
        const size = { width: WIDTH * 3, height: HEIGHT * 3 };
        const large = (from: Pass): PassMask => {
          const small = passMask(from);
          return { ...small, mask: thresholdSoft(small.soft, size, 0.5) };
        };
        const [forward, backward] = [large(a), large(b)];
        const fused = fuseMasks(forward, backward);
        const cut = thresholdSoft(fused.soft, size, 0.5);
        fused.mask.data.forEach((value, pixel) => {
          const isAgreed = forward.mask.data[pixel] === backward.mask.data[pixel];
          expect(value).toBe(isAgreed ? forward.mask.data[pixel] : cut.data[pixel]);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('follows the surer and the nearer pass where they differ', () => {
    const yes = (confidence: number, distance: number) =>
      passMask({ logits: everywhere(3), confidence, distance });
    const no = (confidence: number, distance: number) =>
      passMask({ logits: everywhere(-3), confidence, distance });
    const isYes = ({ mask }: FusedMask): boolean => mask.data.every((value) => value === 1);
    const isNo = ({ mask }: FusedMask): boolean => mask.data.every((value) => value === 0);
    expect(isYes(fuseMasks(yes(0.9, 5), no(0.6, 5)))).toBe(true);
    expect(isNo(fuseMasks(yes(0.6, 5), no(0.9, 5)))).toBe(true);
    expect(isYes(fuseMasks(yes(0.8, 2), no(0.8, 8)))).toBe(true);
    expect(isNo(fuseMasks(yes(0.8, 8), no(0.8, 2)))).toBe(true);
  });

  it('gives a pass more to say the surer it is and the nearer it began', () => {
    fc.assert(
      fc.property(pass, pass, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), (a, b, more, steps) => {
        const share = (forward: Pass) => fuseMasks(passMask(forward), passMask(b)).forwardShare;
        expect(share({ ...a, confidence: a.confidence + more * (1 - a.confidence) })).toBeGreaterThanOrEqual(
          share(a),
        );
        expect(share({ ...a, distance: a.distance + steps })).toBeLessThanOrEqual(share(a));
        // In 0..1, and the fused logits lie between those of the passes.
        expect(share(a)).toBeGreaterThan(0);
        expect(share(a)).toBeLessThan(1);
        const [one, other] = [logitsOf(passMask(a)), logitsOf(passMask(b))];
        logitsOf(fuseMasks(passMask(a), passMask(b))).forEach((logit, cell) => {
          expect(logit).toBeGreaterThanOrEqual(Math.min(one[cell]!, other[cell]!) - SOFT_QUANTUM);
          expect(logit).toBeLessThanOrEqual(Math.max(one[cell]!, other[cell]!) + SOFT_QUANTUM);
        });
      }),
    );
  });

  it('has a confidence in 0..1 that agreement raises and contradiction lowers', () => {
    fc.assert(
      fc.property(pass, pass, (a, b) => {
        const fused = fuseMasks(passMask(a), passMask(b));
        const own = fused.forwardShare * a.confidence + (1 - fused.forwardShare) * b.confidence;
        expect(fused.confidence).toBeGreaterThanOrEqual(0);
        expect(fused.confidence).toBeLessThanOrEqual(1);
        // The same two passes, agreeing: never less sure than they were themselves.
        const agreed = fuseMasks(passMask({ ...a, logits: b.logits }), passMask(b));
        expect(agreed.agreement).toBe(1);
        expect(agreed.confidence).toBeGreaterThanOrEqual(own - 1e-9);
        expect(agreed.confidence).toBeGreaterThanOrEqual(fused.confidence - 1e-9);
        const opposed = fuseMasks(
          passMask({ ...a, logits: everywhere(2) }),
          passMask({ ...b, logits: everywhere(-2) }),
        );
        expect(opposed.agreement).toBe(0);
        expect(opposed.confidence).toBeLessThanOrEqual(own + 1e-9);
      }),
    );
  });

  it('takes two empty masks for agreement', () => {
    const nothing = passMask({ logits: everywhere(-4), confidence: 0.7, distance: 3 });
    const fused = fuseMasks(nothing, nothing);
    expect(fused.agreement).toBe(1);
    expect(fused.mask.data.includes(1)).toBe(false);
  });
});
