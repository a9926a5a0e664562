/** Carries masks by an engine that must be fetched or started first, and tells by what they are drawn. */
import type { EngineInfo } from '../../core/engine/engineInfo';
import type { PropagatedFrame, PropagationRequest, RunReport } from '../../core/segment/segmentation';
import type { Propagator } from './propagator';

/** An engine that is ready for one run. */
export type StartedEngine = {
  readonly propagator: Propagator;
  /** What it is now, where that differs from the engine's own model. */
  readonly facts?: () => Partial<RunReport>;
  /** Lets go of what was held for the run. */
  readonly end?: () => Promise<void>;
};

export class LaterPropagator implements Propagator {
  readonly #start: () => Promise<StartedEngine>;
  readonly #info: () => Promise<EngineInfo>;

  /** `info`: the engine's own model and where it runs. */
  constructor(start: () => Promise<StartedEngine>, info: () => Promise<EngineInfo>) {
    this.#start = start;
    this.#info = info;
  }

  /** The first frame says what drew it, and so does each that was drawn otherwise than the one before. */
  async *propagate(
    request: PropagationRequest,
    signal: AbortSignal,
  ): AsyncGenerator<PropagatedFrame, void, void> {
    const { propagator, facts, end } = await this.#start();
    let told = '';
    try {
      for await (const frame of propagator.propagate(request, signal)) {
        const drawnBy: RunReport = { ...(await this.#info()), ...facts?.() };
        const text = JSON.stringify(drawnBy);
        yield text === told ? frame : { ...frame, drawnBy };
        told = text;
      }
    } finally {
      await end?.();
    }
  }
}
