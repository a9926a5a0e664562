/** Carries masks by an engine that must be fetched or started first. */
import type { PropagatedFrame, PropagationRequest } from '../../core/segment/segmentation';
import type { Propagator } from './propagator';

export class LaterPropagator implements Propagator {
  readonly #start: () => Promise<Propagator>;

  constructor(start: () => Promise<Propagator>) {
    this.#start = start;
  }

  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const propagator = await this.#start();
    yield* propagator.propagate(request, signal);
  }
}
