/** How many lanes lie out of sight. */
import { laneHeightPx } from './paintLanes';

export type LanesOutOfSight = { readonly above: number; readonly below: number };

/** A lane counts that is seen by less than half. */
export function lanesOutOfSight(
  { scrollTop, clientHeight }: { readonly scrollTop: number; readonly clientHeight: number },
  laneCount: number,
): LanesOutOfSight {
  const above = Math.min(laneCount, Math.max(0, Math.round(scrollTop / laneHeightPx)));
  const reach = Math.round((scrollTop + clientHeight) / laneHeightPx);
  return { above, below: Math.max(0, laneCount - reach) };
}
