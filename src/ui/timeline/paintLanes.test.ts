/** Which lanes have to be painted again: those that changed, and all when their number did. */
import { expect, it } from 'vitest';
import type { Lane } from './laneRuns';
import { changedLanes, type PaintedLane } from './paintLanes';

const lane = (): Lane => ({ runs: [], prompted: [], edited: [] });
const painted = (change: Partial<PaintedLane> = {}): PaintedLane => ({
  lane: lane(),
  colour: '#000000',
  isCompetitor: false,
  ...change,
});

it('tells the places that changed', () => {
  const before = [painted(), painted(), painted(), painted()];
  expect(changedLanes(before, [...before])).toEqual([]);
  const after = [
    before[0]!,
    { ...before[1]!, lane: lane() },
    { ...before[2]!, colour: '#ffffff' },
    { ...before[3]!, isCompetitor: true },
  ];
  expect(changedLanes(before, after)).toEqual([1, 2, 3]);
  expect(changedLanes(before, before.slice(1))).toBeNull();
});
