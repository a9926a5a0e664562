/** Tells others than the timeline which part of the clip it shows, so that they show the same. */
import { createChannel } from '../canvas/paint/channel';
import type { TimelineView } from './useTimelineScale';

/** Null while there is no timeline. A new value for each new scale. */
export const timelineViewChannel = createChannel<TimelineView>();
