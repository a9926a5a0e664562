/** The user's choice of theme, kept between visits. */
import type { Theme } from '../../state/maskflowState';

const storageKey = 'maskflow.theme';

/** The theme chosen before; null where none is kept. */
export function storedTheme(): Theme | null {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === 'light' || stored === 'dark' || stored === 'system' ? stored : null;
  } catch {
    return null;
  }
}

export function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}
