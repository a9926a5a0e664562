/** The timeline's view of the clip, followed from outside of it. */
import { useCallback, useSyncExternalStore } from 'react';
import { useApp } from '../hooks/useMaskflow';
import { timelineViewChannel } from '../timeline/timelineViewChannel';
import type { TimelineView } from '../timeline/useTimelineScale';

/** Null until the timeline is there. */
export function useTimelineView(): TimelineView | null {
  const { store } = useApp();
  const subscribe = useCallback(
    (onChange: () => void) => timelineViewChannel.listen(store, onChange),
    [store],
  );
  return useSyncExternalStore(subscribe, () => timelineViewChannel.get(store));
}
