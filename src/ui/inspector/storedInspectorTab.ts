/** The tab of the inspector that was on show last, kept between visits. */
import { inspectorTabs, type InspectorTab } from '../../state/slices/inspectorState';

const storageKey = 'maskflow.inspectorTab';

/** Null where none is kept. */
export function storedInspectorTab(): InspectorTab | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return inspectorTabs.find((tab) => tab === stored) ?? null;
  } catch {
    return null;
  }
}

export function keepInspectorTab(tab: InspectorTab): void {
  try {
    localStorage.setItem(storageKey, tab);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}
