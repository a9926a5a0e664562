/** The areas told are those of the picture. */
import { describe, expect, it } from 'vitest';
import { createLabel } from '../../core/label/label';
import type { FrameMask, Tracks } from '../../core/track/maskTrack';
import { withFrameMasks } from '../../core/track/trackEdits';
import { seenAreas } from './seenAreas';

const all: FrameMask = {
  rle: { size: [2, 2], counts: Uint32Array.of(0, 4) },
  box: [0, 0, 2, 2],
  areaPx: 4,
  predictedIou: null,
};
const corner: FrameMask = {
  rle: { size: [2, 2], counts: Uint32Array.of(3, 1) },
  box: [1, 1, 2, 2],
  areaPx: 1,
  predictedIou: null,
};
const first = createLabel([]);
const second = createLabel([first]);
const labels = [first, second];

function tracksWith(prompted: FrameMask): Tracks {
  const tracks = withFrameMasks(new Map(), 'propagated', 3, [[first.objectId, all]]);
  return withFrameMasks(tracks, 'prompted', 3, [[second.objectId, prompted]]);
}

describe('seenAreas', () => {
  it('leaves out what a prompted mask covers, and follows its changes', () => {
    const before = tracksWith(corner);
    expect(seenAreas(before, labels, 3).get(first.objectId)).toBe(3);
    expect(seenAreas(before, labels, 3).get(second.objectId)).toBe(1);
    expect(seenAreas(before, labels, 3)).toBe(seenAreas(before, labels, 3));
    expect(seenAreas(tracksWith(all), labels, 3).get(first.objectId)).toBe(0);
  });

  it('tells areas as they are where one source is alone', () => {
    const tracks = withFrameMasks(new Map(), 'propagated', 3, [[first.objectId, all]]);
    expect(seenAreas(tracks, labels, 3)).toEqual(new Map([[first.objectId, 4]]));
    expect(seenAreas(tracks, labels, 4)).toEqual(new Map());
  });
});
