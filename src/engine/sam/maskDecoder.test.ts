/** How prompts become the decoder's points. */
import { describe, expect, it } from 'vitest';
import { objectId } from '../../core/base/ids';
import { imageTransformOf } from '../../core/geometry/imageTransform';
import { encodeRle } from '../../core/mask/rle';
import { chooseMask, decoderPromptOf, encodePoints } from './maskDecoder';

const transform = imageTransformOf({ width: 640, height: 360 });

describe('encodePoints', () => {
  it('scales to model pixels and pads when there is no box', () => {
    const { coords, labels } = encodePoints(
      {
        points: [
          { x: 320, y: 180, label: 1 },
          { x: 10, y: 20, label: 0 },
        ],
        box: null,
      },
      transform,
    );
    expect([...labels]).toEqual([1, 0, -1]);
    expect([...coords]).toEqual([512, 288, 16, 32, 0, 0]);
  });

  it('adds a box as two corners, without padding', () => {
    const { coords, labels } = encodePoints({ points: [], box: [0, 100, 640, 200] }, transform);
    expect([...labels]).toEqual([2, 3]);
    expect([...coords]).toEqual([0, 160, 1024, 320]);
  });
});

describe('decoderPromptOf', () => {
  const mask = encodeRle({ width: 4, height: 2, data: Uint8Array.from([0, 1, 1, 0, 0, 0, 0, 0]) });
  const set = { objectId: objectId(1), points: [], box: null, mask };

  it('gives a lone mask its box', () => {
    expect(decoderPromptOf(set).box).toEqual([1, 0, 3, 1]);
    expect(decoderPromptOf(set).maskLogits?.includes(18)).toBe(true);
  });

  it('leaves a mask with points, or with a box of its own, as it is', () => {
    expect(decoderPromptOf({ ...set, points: [{ x: 1, y: 1, label: 1 }] }).box).toBeNull();
    expect(decoderPromptOf({ ...set, box: [0, 0, 4, 2] }).box).toEqual([0, 0, 4, 2]);
  });
});

describe('chooseMask', () => {
  const ious = Float32Array.of(0.99, 0.3, 0.7, 0.5);

  it('takes the best of three for a click and for a box, which may mean several things', () => {
    expect(chooseMask(ious, 1)).toBe(2);
    expect(chooseMask(ious, 2)).toBe(2);
    expect(chooseMask(Float32Array.of(0, 0.9, 0.2, 0.1), 2)).toBe(1);
    expect(chooseMask(Float32Array.of(0, 0.1, 0.2, 0.3), 2)).toBe(3);
  });

  it('takes the single mask for more points, whatever the others promise', () => {
    expect(chooseMask(Float32Array.of(0.1, 0.9, 0.9, 0.9), 3)).toBe(0);
  });
});
