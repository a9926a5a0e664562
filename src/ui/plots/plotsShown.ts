/** Whether the plots are shown under the timeline, kept between visits. */
import type { MaskflowStore } from '../../state/store';

const storageKey = 'maskflow.plots';

export function werePlotsShown(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'shown';
  } catch {
    return false;
  }
}

export function showPlots(store: MaskflowStore, areShown: boolean): void {
  store.getState().setPlotsOpen(areShown);
  try {
    localStorage.setItem(storageKey, areShown ? 'shown' : 'hidden');
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}

export function togglePlots(store: MaskflowStore): void {
  showPlots(store, !store.getState().arePlotsOpen);
}
