/** Which sections of the inspector the user has opened and closed, kept between visits. */

const storageKey = 'maskflow.sections';

/** `open` or `closed` by section id, of those that the user touched. */
function stored(): ReadonlyMap<string, string> {
  try {
    const entries = (localStorage.getItem(storageKey) ?? '').split(',').map((entry) => entry.split(':'));
    return new Map(entries.map(([id = '', way = '']) => [id, way]));
  } catch {
    return new Map();
  }
}

/** As the user left it, or as given where they never touched it. */
export function isSectionOpen(id: string, isOpenAtFirst: boolean): boolean {
  const way = stored().get(id);
  return way === undefined ? isOpenAtFirst : way === 'open';
}

export function keepSection(id: string, isOpen: boolean): void {
  const next = new Map(stored()).set(id, isOpen ? 'open' : 'closed');
  try {
    localStorage.setItem(storageKey, [...next].map(([key, way]) => `${key}:${way}`).join(','));
  } catch {
    // Storage may be forbidden; the section then stays so until the page is reloaded.
  }
}
