/** Whether the filmstrip is shown, kept between visits. */

const storageKey = 'maskflow.filmstrip';

export function isFilmstripShown(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'hidden';
  } catch {
    return true;
  }
}

export function keepFilmstripShown(isShown: boolean): void {
  try {
    localStorage.setItem(storageKey, isShown ? 'shown' : 'hidden');
  } catch {
    // Storage may be forbidden; the choice then lasts until the page is reloaded.
  }
}
