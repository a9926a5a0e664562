/** The multimask rule and its fallback. */
import { describe, expect, it } from 'vitest';
import { chooseMask } from './maskChoice';

const rule = { delta: 0.05, threshold: 0.98 };
const ious = Float32Array.of(0.99, 0.5, 0.8, 0.8);

/** Four masks of 100 pixels; mask 0 has so many of its pixels near the threshold. */
function masks(unsure: number): Float32Array {
  return Float32Array.from({ length: 400 }, (_, index) => (index < unsure ? 0.01 : 5));
}

describe('chooseMask', () => {
  it('takes the first best of three for one point and for none', () => {
    expect(chooseMask({ logits: masks(0), ious }, 1, rule)).toEqual({ mask: 2, token: 2 });
    expect(chooseMask({ logits: masks(0), ious }, 0, rule)).toEqual({ mask: 2, token: 2 });
  });

  it('takes mask 0 for more points while it is stable, and its token always', () => {
    expect(chooseMask({ logits: masks(2), ious }, 2, rule)).toEqual({ mask: 0, token: 0 });
    expect(chooseMask({ logits: masks(3), ious }, 2, rule)).toEqual({ mask: 2, token: 0 });
  });

  it('calls an empty mask stable', () => {
    expect(chooseMask({ logits: new Float32Array(400).fill(-9), ious }, 3, rule).mask).toBe(0);
  });
});
