/** Shows the engine the adjusted pictures while the user wants it to see what they see. */
import { isNeutral, isSameAdjustment, type DisplayAdjustments } from '../core/display/displayAdjustments';
import type { MaskflowState } from '../state/maskflowState';
import type { MaskflowStore } from '../state/store';
import type { SegmentService } from './services';

/** A slider being dragged changes with every refresh; each change would cost all that was learned. */
const REST_MS = 300;

/** What the engine is to be shown; null for the pictures as they are. */
export function wantedAdjustments({ display }: Pick<MaskflowState, 'display'>): DisplayAdjustments | null {
  return display.isForModel && !isNeutral(display.adjustments) ? display.adjustments : null;
}

function isSame(a: DisplayAdjustments | null, b: DisplayAdjustments | null): boolean {
  return a === b || (a !== null && b !== null && isSameAdjustment(a, b));
}

/** Whether no run, study or replay is under way, all of which have to see the same pictures to their end. */
function isFree({ propagation, studyJob, replayJob }: MaskflowState): boolean {
  return propagation === null && studyJob === null && replayJob === null;
}

/**
 * Starts telling the engine: at once before anything is drawn, otherwise when the value rests, no prompt is being drawn
 * and no run, study or replay is under way, so that everything one of them sees looks alike. Returns the function that ends it.
 */
export function startShowingModel(
  store: MaskflowStore,
  segment: Pick<SegmentService, 'setAdjustments'>,
  settled: () => Promise<void>,
): () => void {
  let told: DisplayAdjustments | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function tell(): Promise<void> {
    await settled();
    const state = store.getState();
    const wanted = wantedAdjustments(state);
    // The end of what is under way asks again.
    if (isFree(state) && !isSame(told, wanted)) {
      told = wanted;
      segment.setAdjustments(wanted);
    }
  }

  const unsubscribe = store.subscribe((state, previous) => {
    const hasChanged = state.display !== previous.display || isFree(state) !== isFree(previous);
    if (hasChanged && !isSame(told, wantedAdjustments(state))) {
      clearTimeout(timer);
      timer = setTimeout(() => void tell(), REST_MS);
    }
  });
  return () => {
    unsubscribe();
    clearTimeout(timer);
  };
}
