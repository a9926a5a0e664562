/** The user's choice of theme, kept between visits. */
import type { Theme } from '../../state/maskflowState';

const storageKey = 'maskflow.theme';

/** The theme chosen before; `system` where nothing is kept. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}
