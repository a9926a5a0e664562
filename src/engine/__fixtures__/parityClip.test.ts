/** The clip is the one that the references were made of, to the byte. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PARITY_FRAMES, parityFrame, parityMask } from './parityClip';

/** SHA-256 of `clip.frame(t)` (RGB) and of `clip.labels(t)` of all frames, one after the other. */
const FRAMES_SHA256 = '7c66c94e2dedc80e1d4596dbf17db2be3d7ef3db185c0db0a8c36550b5a87489';
const LABELS_SHA256 = 'cbc9fe4d8b1a6950d84a1dcfb094060652a6aecd8b89c49381740be6883eba02';

describe('the parity clip', () => {
  it('has the pixels and the masks of clip.py', () => {
    const frames = createHash('sha256');
    const labels = createHash('sha256');
    for (let t = 0; t < PARITY_FRAMES; t += 1) {
      frames.update(parityFrame(t).data.filter((_, index) => index % 4 !== 3));
      const box = parityMask(2, t).data;
      labels.update(parityMask(1, t).data.map((value, pixel) => (box[pixel] ? 2 : value)));
    }
    expect(frames.digest('hex')).toBe(FRAMES_SHA256);
    expect(labels.digest('hex')).toBe(LABELS_SHA256);
  });
});
