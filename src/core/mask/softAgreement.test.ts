/** Kept probabilities are bent no further than a mask asks for, and without new edges. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreeingLogit } from './softAgreement';

const logits = fc.double({ min: -6, max: 6, noNaN: true });

describe('agreeingLogit', () => {
  it('lies on the side of the mask, and leaves alone what already does', () => {
    fc.assert(
      fc.property(logits, fc.boolean(), (logit, isInside) => {
        const found = agreeingLogit(logit, isInside);
        expect(isInside ? found >= 0 : found <= 0).toBe(true);
        if (isInside === logit > 0 && logit !== 0) {
          expect(found).toBe(logit);
        }
      }),
    );
  });

  it('changes no faster than the kept logits, so that a smooth matte stays smooth', () => {
    fc.assert(
      fc.property(logits, logits, fc.boolean(), (a, b, isInside) => {
        const step = Math.abs(agreeingLogit(a, isInside) - agreeingLogit(b, isInside));
        expect(step).toBeLessThanOrEqual(Math.abs(a - b) + 1e-12);
      }),
    );
  });

  it('goes with the mask where the two contradict', () => {
    expect(agreeingLogit(-6, true)).toBe(3);
    expect(agreeingLogit(6, false)).toBe(-3);
  });
});
