/** What every way of carrying masks along the frames has in common. */
import type { PropagatedFrame, PropagationRequest } from '../../core/segment/segmentation';

export interface Propagator {
  /**
   * Yields the frames after `startFrame` up to `endFrame`, in running order (backward when endFrame lies before).
   * Works one frame ahead of what is asked at most. Rejects with a `cancelled` error once `signal` aborts.
   */
  propagate(request: PropagationRequest, signal: AbortSignal): AsyncIterable<PropagatedFrame>;
}
