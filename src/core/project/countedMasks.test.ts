/** What lists say of a project that is not open. */
import { expect, it } from 'vitest';
import { countedMasks } from './countedMasks';

it('counts a frame of a label once, and annotated frames once for all labels', () => {
  const tracks = [
    { prompted: [0, 4], propagated: [0, 1, 2] },
    { prompted: [4], propagated: [] },
  ];
  expect(countedMasks(tracks)).toEqual({ maskCount: 5, annotatedFrames: 2 });
});
