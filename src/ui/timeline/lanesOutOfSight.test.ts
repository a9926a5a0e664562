/** The sign that there are more lanes counts those that are hidden. */
import { expect, it } from 'vitest';
import { lanesOutOfSight } from './lanesOutOfSight';
import { laneHeightPx } from './paintLanes';

it('counts lanes seen by less than half', () => {
  const at = (topLanes: number, heightLanes: number) => ({
    scrollTop: topLanes * laneHeightPx,
    clientHeight: heightLanes * laneHeightPx,
  });
  expect(lanesOutOfSight(at(0, 3), 8)).toEqual({ above: 0, below: 5 });
  expect(lanesOutOfSight(at(0, 3.3), 8)).toEqual({ above: 0, below: 5 });
  expect(lanesOutOfSight(at(2.6, 3), 8)).toEqual({ above: 3, below: 2 });
  expect(lanesOutOfSight(at(5, 3), 8)).toEqual({ above: 5, below: 0 });
  expect(lanesOutOfSight(at(0, 10), 8)).toEqual({ above: 0, below: 0 });
});
