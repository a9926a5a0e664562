/** The review queue of a state, worked out once for as long as what it follows from stays. */
import {
  doubtfulFrames,
  doubtfulStretches,
  type DoubtfulFrame,
  type DoubtfulStretch,
} from '../../core/review/doubtfulStretches';
import type { MaskflowState } from '../../state/maskflowState';

export type ReviewQueue = {
  /** Worst first. */
  readonly stretches: readonly DoubtfulStretch[];
  /** Ascending. */
  readonly frames: readonly DoubtfulFrame[];
};

type QueueState = Pick<MaskflowState, 'tracks' | 'labels' | 'range'>;

let last: { readonly state: QueueState; readonly queue: ReviewQueue } | null = null;

/** The same queue again for the same tracks, labels and range, so that it can be a selector. */
export function reviewQueue({ tracks, labels, range }: QueueState): ReviewQueue {
  if (last?.state.tracks !== tracks || last.state.labels !== labels || last.state.range !== range) {
    last = {
      state: { tracks, labels, range },
      queue: {
        stretches: doubtfulStretches(tracks, labels, range),
        frames: doubtfulFrames(tracks, labels, range),
      },
    };
  }
  return last.queue;
}
