/** What lists say of a project that is not open. */
import { expect, it } from 'vitest';
import { objectId } from '../base/ids';
import { countedIn } from './countedMasks';

it('counts a frame of a label once, and annotated frames once for all labels', () => {
  const maskMaps = [
    { id: 1, frames: [0, 4], masks: [1, 2] },
    { id: 2, frames: [0, 1, 2], masks: [3, 4, 5] },
    { id: 3, frames: [4], masks: [6] },
    { id: 4, frames: [], masks: [] },
  ];
  const tracks = [
    { objectId: objectId(1), prompted: 1, propagated: 2 },
    { objectId: objectId(2), prompted: 3, propagated: 4 },
  ];
  expect(countedIn({ tracks, maskMaps })).toEqual({ maskCount: 5, annotatedFrames: 2 });
});
