/** Rules leave locked pixels as they were drawn. */
import { describe, expect, it } from 'vitest';
import { painted, row, rowMask } from './__fixtures__/rowMasks';
import { createLabel, type Label } from '../label/label';

import { encodeSoftMask } from '../mask/softMask';
import { noCleanup } from './cleanupRules';
import type { FrameMask, Tracks } from './maskTrack';
import { withFrameMasks, withTrackCleanup, withTrackThreshold } from './trackEdits';
import { masksOfFrame } from './visibleMasks';

const object = createLabel([]);
const left = createLabel([object], 'locked');
const right = createLabel([object, left], 'locked');
const labels: readonly Label[] = [object, left, right];

/** Its probability falls from left to right. */
function softMaskOf(pixels: string): FrameMask {
  const logits = Float32Array.from(pixels, (_, x) => 3.5 - x);
  return rowMask(pixels, { soft: encodeSoftMask(logits, pixels.length, 1) });
}

function tracksOf(mask: FrameMask): Tracks {
  let tracks: Tracks = withFrameMasks(new Map(), 'propagated', 5, [[object.objectId, mask]]);
  tracks = withFrameMasks(tracks, 'prompted', 0, [[left.objectId, rowMask('##......', painted)]]);
  return withFrameMasks(tracks, 'prompted', 0, [[right.objectId, rowMask('......##', painted)]]);
}

const seen = (tracks: Tracks, all = labels): FrameMask | undefined =>
  masksOfFrame(tracks, all, 5).find(({ objectId }) => objectId === object.objectId)?.mask;

describe('locked pixels', () => {
  it('are not grown into, and not shrunk away', () => {
    const drawn = tracksOf(rowMask('.####...'));
    const range = { fromFrame: 0, toFrame: 9 };
    const grown = withTrackCleanup(drawn, object.objectId, { ...range, rule: { ...noCleanup, growPx: 3 } });
    expect(seen(grown, [object])?.rle).toEqual(row('########'));
    expect(seen(grown)?.rle).toEqual(row('.#####..'));
    const gone = withTrackCleanup(drawn, object.objectId, { ...range, rule: { ...noCleanup, minAreaPx: 9 } });
    expect(seen(gone)?.rle).toEqual(row('.#......'));
    expect(seen(gone)).toBe(seen(gone));
  });

  it('are not cut at another threshold', () => {
    const drawn = tracksOf(softMaskOf('####....'));
    const cut = (probability: number): Tracks =>
      withTrackThreshold(drawn, object.objectId, { fromFrame: 0, toFrame: 9, probability });
    expect(seen(cut(0.01), [object])?.rle).toEqual(row('########'));
    expect(seen(cut(0.01))?.rle).toEqual(row('######..'));
    expect(seen(cut(0.99))?.rle).toEqual(row('##......'));
    expect(seen(cut(0.99))).toBe(seen(cut(0.99)));
  });

  it('cost nothing where no rule changes the mask', () => {
    const mask = rowMask('.####...');
    expect(seen(tracksOf(mask))).toBe(mask);
  });
});
