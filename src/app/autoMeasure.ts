/** Measures by itself: after each rest of the masks, and only while somebody looks at the values. */
import { isCancelled, toUserMessage } from '../core/base/errors';
import type { Label } from '../core/label/label';
import { isGestureOpen } from '../state/gesture';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import { hasMaskInRange } from '../state/work';
import type { MeasureApp } from './measureRequest';

/** A rest of this length is taken for the end of a change. */
const REST_MS = 400;
/** While a run draws frame after frame there is no rest; values then follow at this pace. */
const RUN_PACE_MS = 2500;

export type AutoMeasureControl = {
  /** Gives up what is being measured; nothing is measured until `again`. */
  stop(): void;
  again(): void;
};

/** Puts results into the state. `measure` works out only what is new, so it can be called often. */
export function startMeasuring(store: MaskflowStore, measure: MeasureApp['measure']): AutoMeasureControl {
  let controller: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  function schedule(delayMs: number): void {
    // In a run the first wish counts: each frame would put the next one off.
    if (timer !== null && store.getState().propagation) {
      return;
    }
    clearTimeout(timer ?? undefined);
    timer = setTimeout(() => {
      timer = null;
      void run();
    }, delayMs);
  }

  async function run(): Promise<void> {
    const state = store.getState();
    if (!isWanted(state)) {
      return;
    }
    if (isGestureOpen(store)) {
      schedule(REST_MS);
      return;
    }
    controller?.abort();
    const own = new AbortController();
    controller = own;
    const { range, measuredQuantities, calibration } = state;
    try {
      const measurements = await measure(
        { fromFrame: range.inFrame, toFrame: range.outFrame, quantities: measuredQuantities, calibration },
        {
          signal: own.signal,
          onProgress: (progress) => {
            if (controller === own) {
              store.getState().setMeasuring(progress);
            }
          },
        },
      );
      if (controller === own && !own.signal.aborted) {
        store.getState().setMeasurements(measurements);
      }
    } catch (error) {
      if (controller === own && !own.signal.aborted && !isCancelled(error)) {
        store.getState().setMeasuringStopped(true);
        store.getState().showError(toUserMessage(error));
      }
    } finally {
      if (controller === own) {
        controller = null;
        store.getState().setMeasuring(null);
      }
    }
  }

  store.subscribe((state, previous) => {
    if (state.footage?.footageId !== previous.footage?.footageId) {
      controller?.abort();
    }
    const isGone = isOther(state, previous) && !hasSomethingToMeasure(state);
    // Nobody measures anew what is not looked at: its events must not stay on the lanes.
    const isOutdated = !areValuesShown(state) && areEventsOther(state, previous);
    if (isGone || isOutdated) {
      controller?.abort();
      if (state.measurements) {
        state.setMeasurements(null);
      }
    }
    if (isOther(state, previous) && isWanted(state)) {
      schedule(state.propagation ? RUN_PACE_MS : REST_MS);
    }
  });
  return {
    stop: () => {
      store.getState().setMeasuringStopped(true);
      controller?.abort();
    },
    again: () => {
      store.getState().setMeasuringStopped(false);
      schedule(0);
    },
  };
}

function areValuesShown({ inspectorTab, arePlotsOpen }: MaskflowState): boolean {
  return inspectorTab === 'measure' || arePlotsOpen;
}

function isWanted(state: MaskflowState): boolean {
  return areValuesShown(state) && !state.isMeasuringStopped && hasSomethingToMeasure(state);
}

function hasSomethingToMeasure(state: MaskflowState): boolean {
  return state.footage !== null && state.measuredQuantities.length > 0 && hasMaskInRange(state);
}

/** Whether pieces may split, merge, appear or vanish on other frames than before. */
function areEventsOther(state: MaskflowState, previous: MaskflowState): boolean {
  return (
    state.tracks !== previous.tracks ||
    state.range !== previous.range ||
    state.calibration.region !== previous.calibration.region ||
    state.calibration.isLockedExcluded !== previous.calibration.isLockedExcluded ||
    (state.labels !== previous.labels && !haveSameRoles(state.labels, previous.labels))
  );
}

function haveSameRoles(labels: readonly Label[], others: readonly Label[]): boolean {
  return (
    labels.length === others.length &&
    labels.every(
      ({ objectId, role }, index) => objectId === others[index]!.objectId && role === others[index]!.role,
    )
  );
}

/** Whether the values may be others now, or are wanted for the first time. */
function isOther(state: MaskflowState, previous: MaskflowState): boolean {
  return (
    state.tracks !== previous.tracks ||
    state.labels !== previous.labels ||
    state.range !== previous.range ||
    state.calibration !== previous.calibration ||
    state.measuredQuantities !== previous.measuredQuantities ||
    state.footage !== previous.footage ||
    (state.propagation === null) !== (previous.propagation === null) ||
    areValuesShown(state) !== areValuesShown(previous)
  );
}
