/** Which estimate a label's row shows. */
import { expect, it } from 'vitest';
import type { FrameMask } from '../../core/track/maskTrack';
import { maskEstimate } from './maskEstimate';

const mask: FrameMask = {
  rle: { size: [1, 1], counts: Uint32Array.of(0, 1) },
  box: [0, 0, 1, 1],
  areaPx: 1,
  predictedIou: 0.912,
};

it('is the confidence of a propagated mask, whoever drew it, else what SAM says', () => {
  const doubtful = { ...mask, confidence: 0.499 };
  expect(maskEstimate(doubtful)).toEqual({ kind: 'confidence', text: '0.49', isDoubtful: true });
  expect(maskEstimate({ ...doubtful, confidence: 0.93, predictedIou: null })?.text).toBe('0.93');
  expect(maskEstimate(mask)).toEqual({ kind: 'predictedIou', text: '0.91', isDoubtful: false });
});

it('is left out where nobody estimated', () => {
  expect(maskEstimate({ ...mask, predictedIou: null })).toBeNull();
  expect(maskEstimate(null)).toBeNull();
});
